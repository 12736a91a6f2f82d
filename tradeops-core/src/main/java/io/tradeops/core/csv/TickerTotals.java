package io.tradeops.core.csv;

import io.tradeops.core.trade.FixedDecimal;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The exact sums and ends of one ticker's trades, from which its summary follows by two divisions. Immutable.
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
     * A first or last trade.
     *
     * @param block number of the part of the file where it stands; orders equal times within one analysis
     */
    record Edge(long epochNanos, long block, long priceUnits) {

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

    /** Both together, {@code other}'s rows standing after this one's. Without times only the standing counts. */
    TickerTotals merge(TickerTotals other) {
        boolean timed = first.epochNanos != TradeRow.NO_TIMESTAMP && other.first.epochNanos != TradeRow.NO_TIMESTAMP;
        return plus(
                other,
                timed && other.first.epochNanos < first.epochNanos ? other.first : first,
                timed && other.last.epochNanos < last.epochNanos ? last : other.last);
    }

    /** Both together, of one file, of which they hold different blocks. */
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
