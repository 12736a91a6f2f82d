package io.tradeops.core.average;

import io.tradeops.core.trade.FixedDecimal;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The averages of one ticker's ticks in one window. It holds exact sums; each average is computed from them with one
 * division. Immutable.
 *
 * @param window the window
 * @param tickCount the number of ticks, at least 1
 * @param priceSum Σ price, in 10⁻⁸ units
 * @param quantitySum Σ quantity, in 10⁻⁸ units
 * @param notionalSum Σ price · quantity, in 10⁻¹⁶ units
 * @param first the first tick, ordered by time and then by seq
 * @param last the last tick, ordered by time and then by seq
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
     * The first or last tick of a window. Immutable.
     *
     * @param epochNanos the time, in nanoseconds since 1970-01-01T00:00:00Z
     * @param priceUnits the price in 10⁻⁸ units
     * @param seq the feed's sequence number
     */
    public record Edge(long epochNanos, long priceUnits, long seq) {

        boolean isBefore(Edge other) {
            return epochNanos < other.epochNanos || (epochNanos == other.epochNanos && seq < other.seq);
        }
    }

    /**
     * Checks the number of ticks.
     *
     * @throws IllegalArgumentException if {@code tickCount} is less than 1
     */
    public AveragePrice {
        if (tickCount < 1) {
            throw new IllegalArgumentException("tickCount must be at least 1: " + tickCount);
        }
    }

    /** Returns the average price, Σ price / number of ticks; scale 8, {@code HALF_EVEN}. */
    public BigDecimal averagePrice() {
        return FixedDecimal.divide(priceSum, BigInteger.valueOf(tickCount), FixedDecimal.SCALE);
    }

    /**
     * Returns the volume-weighted average price, Σ (price · quantity) / Σ quantity; scale 8, {@code HALF_EVEN}.
     */
    public BigDecimal vwap() {
        return FixedDecimal.divide(notionalSum, quantitySum, FixedDecimal.SCALE);
    }

    /** Returns the price of the first tick. */
    public BigDecimal open() {
        return FixedDecimal.toBigDecimal(first.priceUnits);
    }

    /** Returns the highest price. */
    public BigDecimal high() {
        return FixedDecimal.toBigDecimal(highUnits);
    }

    /** Returns the lowest price. */
    public BigDecimal low() {
        return FixedDecimal.toBigDecimal(lowUnits);
    }

    /** Returns the price of the last tick. */
    public BigDecimal close() {
        return FixedDecimal.toBigDecimal(last.priceUnits);
    }

    /** Returns the volume, Σ quantity; exact. */
    public BigDecimal volume() {
        return new BigDecimal(quantitySum, FixedDecimal.SCALE);
    }

    /**
     * Returns the averages of the ticks of both. Merging is associative. It is also commutative, if no two ticks have
     * the same time and seq.
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
