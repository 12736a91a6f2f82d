package io.tradeops.core.csv;

import io.tradeops.core.trade.FixedDecimal;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The exact totals of one ticker's trades. Two divisions turn them into a summary. Immutable.
 *
 * @param priceSum Σ price, in 10⁻⁸ units
 * @param quantitySum Σ quantity, in 10⁻⁸ units
 * @param notionalSum Σ price · quantity, in 10⁻¹⁶ units
 */
record TickerTotals(
        String ticker,
        long count,
        BigInteger priceSum,
        BigInteger quantitySum,
        BigInteger notionalSum,
        long minUnits,
        long maxUnits,
        Edge first,
        Edge last) {

    /**
     * The first or last trade.
     *
     * @param block the number of the trade's block, which orders equal times within one analysis
     */
    record Edge(long epochNanos, long priceUnits, long block) {

        boolean isBefore(Edge other) {
            return epochNanos < other.epochNanos || (epochNanos == other.epochNanos && block < other.block);
        }
    }

    TickerSummary summary() {
        return new TickerSummary(
                ticker,
                new BigDecimal(quantitySum, FixedDecimal.SCALE),
                FixedDecimal.divide(priceSum, BigInteger.valueOf(count), FixedDecimal.SCALE),
                FixedDecimal.divide(notionalSum, quantitySum, FixedDecimal.SCALE),
                count,
                FixedDecimal.toBigDecimal(minUnits),
                FixedDecimal.toBigDecimal(maxUnits),
                FixedDecimal.toBigDecimal(first.priceUnits),
                FixedDecimal.toBigDecimal(last.priceUnits),
                new BigDecimal(notionalSum, 2 * FixedDecimal.SCALE));
    }

    /**
     * Merges the totals of two files, or of two parts of one file. The rows of {@code other} are the later ones: this
     * decides at equal times, and where a part has no times.
     */
    TickerTotals merge(TickerTotals other) {
        boolean timed = first.epochNanos != TradeRow.NO_TIMESTAMP && other.first.epochNanos != TradeRow.NO_TIMESTAMP;
        return plus(
                other,
                timed && other.first.epochNanos < first.epochNanos ? other.first : first,
                timed && other.last.epochNanos < last.epochNanos ? last : other.last);
    }

    /** Merges the totals of different blocks of one file. */
    TickerTotals mergeBlocks(TickerTotals other) {
        return plus(
                other,
                other.first.isBefore(first) ? other.first : first,
                last.isBefore(other.last) ? other.last : last);
    }

    private TickerTotals plus(TickerTotals other, Edge newFirst, Edge newLast) {
        return new TickerTotals(
                ticker,
                Math.addExact(count, other.count),
                priceSum.add(other.priceSum),
                quantitySum.add(other.quantitySum),
                notionalSum.add(other.notionalSum),
                Math.min(minUnits, other.minUnits),
                Math.max(maxUnits, other.maxUnits),
                newFirst,
                newLast);
    }
}
