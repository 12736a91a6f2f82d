package io.tradeops.core.average;

import static java.util.Objects.requireNonNull;

import io.tradeops.core.codec.Arguments;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The averages of one ticker's ticks in one window. It holds exact sums; each average is computed from them with one
 * division. Immutable.
 *
 * @param window the window
 * @param tickCount the number of ticks, at least 1
 * @param priceSum Σ price, in 10⁻⁸ units
 * @param quantitySum Σ quantity, in 10⁻⁸ units; 0 if no tick had a quantity
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
     * @param epochNanos the time, in nanoseconds since 1970-01-01T00:00:00Z, 0 to {@link EpochNanos#MAX}
     * @param priceUnits the price in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
     * @param seq the feed's sequence number
     */
    public record Edge(long epochNanos, long priceUnits, long seq) {

        /**
         * Checks time and price.
         *
         * @throws IllegalArgumentException if one of them is out of its range; the message names it
         */
        public Edge {
            TickValues.requireTime(epochNanos);
            TickValues.requirePrice("priceUnits", priceUnits);
        }

        /** Returns the time. */
        public Instant time() {
            return EpochNanos.toInstant(epochNanos);
        }

        /** Returns the price as a decimal of scale 8. */
        public BigDecimal price() {
            return FixedDecimal.toBigDecimal(priceUnits);
        }

        boolean isBefore(Edge other) {
            return epochNanos < other.epochNanos || (epochNanos == other.epochNanos && seq < other.seq);
        }
    }

    /**
     * Checks that ticks with these figures can exist.
     *
     * @throws IllegalArgumentException if they cannot; the message names the component
     */
    public AveragePrice {
        requireNonNull(window, "window");
        Arguments.require(tickCount >= 1, "tickCount must be at least 1", tickCount);
        TickValues.requirePrice("highUnits", highUnits);
        TickValues.requirePrice("lowUnits", lowUnits);
        require("priceSum", priceSum, times(tickCount, lowUnits), times(tickCount, highUnits));
        require("quantitySum", quantitySum, BigInteger.ZERO, times(tickCount, FixedDecimal.MAX_UNITS));
        require("notionalSum", notionalSum, times(quantitySum, lowUnits), times(quantitySum, highUnits));
        requireEdge("first", first, window, lowUnits, highUnits);
        requireEdge("last", last, window, lowUnits, highUnits);
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("last must not be before first: " + last + ", " + first);
        }
    }

    /** Returns the average price, Σ price / number of ticks; scale 8, {@code HALF_EVEN}. */
    public BigDecimal averagePrice() {
        return FixedDecimal.divide(priceSum, BigInteger.valueOf(tickCount), FixedDecimal.SCALE);
    }

    /**
     * Returns the volume-weighted average price, Σ (price · quantity) / Σ quantity; scale 8, {@code HALF_EVEN}. Empty if
     * no tick had a quantity.
     */
    public Optional<BigDecimal> vwap() {
        return quantitySum.signum() == 0
                ? Optional.empty()
                : Optional.of(FixedDecimal.divide(notionalSum, quantitySum, FixedDecimal.SCALE));
    }

    /** Returns the price of the first tick. */
    public BigDecimal open() {
        return first.price();
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
        return last.price();
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

    /**
     * Rolls averages of one ticker up to wider windows, such as minutes to five minutes. The result is exact: it equals
     * that of averaging the ticks in the wider windows.
     *
     * @param parts the averages, in any order
     * @param windows the wider windows; each part must lie in one of them
     * @return the averages of the wider windows in the order of time; a window without a part has none
     * @throws IllegalArgumentException if a part lies in two of the wider windows
     */
    public static List<AveragePrice> rollUp(Collection<AveragePrice> parts, TimeWindows windows) {
        Map<Instant, AveragePrice> wider = new TreeMap<>();
        for (AveragePrice part : parts) {
            AveragePrice widened = part.widen(windows.containing(part.first.time()));
            AveragePrice before = wider.get(widened.window.start());
            wider.put(widened.window.start(), before == null ? widened : before.merge(widened));
        }
        return List.copyOf(wider.values());
    }

    private AveragePrice widen(TimeWindow wider) {
        Arguments.require(wider.covers(window), "the window must lie in one of the wider windows", window);
        return new AveragePrice(wider, tickCount, priceSum, quantitySum, notionalSum, first, last, highUnits, lowUnits);
    }

    private static void requireEdge(String name, Edge edge, TimeWindow window, long low, long high) {
        if (!window.contains(edge.time()) || edge.priceUnits < low || edge.priceUnits > high) {
            throw new IllegalArgumentException(name + " must lie in the window, its price from low to high: " + edge);
        }
    }

    private static void require(String name, BigInteger value, BigInteger min, BigInteger max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ": " + value);
        }
    }

    private static BigInteger times(long a, long b) {
        return times(BigInteger.valueOf(a), b);
    }

    private static BigInteger times(BigInteger a, long b) {
        return a.multiply(BigInteger.valueOf(b));
    }
}
