package io.tradeops.core.average;

import io.tradeops.core.trade.FixedDecimal;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * What the ticks of one ticker in one window come to: exact sums and the ends, from which the averages follow by one
 * division each. Immutable.
 *
 * @param window the window
 * @param tickCount number of ticks, at least 1
 * @param priceSum Σ price, in 10⁻⁸ units
 * @param quantitySum Σ quantity, in 10⁻⁸ units
 * @param notionalSum Σ price · quantity, in 10⁻¹⁶ units
 * @param first the first tick by (time, seq)
 * @param last the last tick by (time, seq)
 * @param highUnits the highest price, in 10⁻⁸ units
 * @param lowUnits the lowest price, in 10⁻⁸ units
 */
public record AveragePrice(
        TimeWindow window,
        long tickCount,
        BigInteger priceSum,
        BigInteger quantitySum,
        BigInteger notionalSum,
        Edge first,
        Edge last,
        long highUnits,
        long lowUnits) {

    /**
     * A window's first or last tick; edges are ordered by time, then by seq.
     *
     * @param epochNanos nanoseconds since 1970-01-01T00:00:00Z
     * @param priceUnits price in 10⁻⁸ units
     * @param seq the feed's sequence number
     */
    public record Edge(long epochNanos, long priceUnits, long seq) {

        boolean isBefore(Edge other) {
            return epochNanos < other.epochNanos || (epochNanos == other.epochNanos && seq < other.seq);
        }
    }

    /** @throws IllegalArgumentException if there is no tick */
    public AveragePrice {
        if (tickCount < 1) {
            throw new IllegalArgumentException("tickCount must be at least 1: " + tickCount);
        }
    }

    /** Σ price / n; scale 8, {@code HALF_EVEN}. */
    public BigDecimal averagePrice() {
        return FixedDecimal.divide(priceSum, BigInteger.valueOf(tickCount), FixedDecimal.SCALE);
    }

    /** Volume-weighted average price, Σ (price · quantity) / Σ quantity; scale 8, {@code HALF_EVEN}. */
    public BigDecimal vwap() {
        return FixedDecimal.divide(notionalSum, quantitySum, FixedDecimal.SCALE);
    }

    /** The first price. */
    public BigDecimal open() {
        return FixedDecimal.toBigDecimal(first.priceUnits);
    }

    /** The highest price. */
    public BigDecimal high() {
        return FixedDecimal.toBigDecimal(highUnits);
    }

    /** The lowest price. */
    public BigDecimal low() {
        return FixedDecimal.toBigDecimal(lowUnits);
    }

    /** The last price. */
    public BigDecimal close() {
        return FixedDecimal.toBigDecimal(last.priceUnits);
    }

    /** Σ quantity. */
    public BigDecimal volume() {
        return new BigDecimal(quantitySum, FixedDecimal.SCALE);
    }

    /**
     * What the ticks of both come to: associative and commutative, if no two ticks have the same time and seq.
     *
     * @throws IllegalArgumentException if the windows differ
     */
    public AveragePrice merge(AveragePrice other) {
        if (!window.equals(other.window)) {
            throw new IllegalArgumentException("windows must be the same: " + window + ", " + other.window);
        }
        return new AveragePrice(
                window,
                Math.addExact(tickCount, other.tickCount),
                priceSum.add(other.priceSum),
                quantitySum.add(other.quantitySum),
                notionalSum.add(other.notionalSum),
                other.first.isBefore(first) ? other.first : first,
                last.isBefore(other.last) ? other.last : last,
                Math.max(highUnits, other.highUnits),
                Math.min(lowUnits, other.lowUnits));
    }
}
