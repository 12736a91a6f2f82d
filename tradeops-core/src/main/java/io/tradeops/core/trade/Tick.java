package io.tradeops.core.trade;

/**
 * One price of a ticker, as a feed publishes it. Immutable.
 *
 * <p>Overloads that take these values as primitives take them in this order.
 *
 * @param ticker the ticker, as {@link Ticker} allows
 * @param epochNanos when, in nanoseconds since 1970-01-01T00:00:00Z, 0 to {@link EpochNanos#MAX}
 * @param priceUnits price in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
 * @param quantityUnits quantity in 10⁻⁸ units, 0 (a price without a trade) to {@link FixedDecimal#MAX_UNITS}
 * @param seq the tick's number in its feed's sequence, not negative; it orders ticks of the same time
 */
public record Tick(String ticker, long epochNanos, long priceUnits, long quantityUnits, long seq) {

    /** @throws IllegalArgumentException naming the component that is out of its range */
    public Tick {
        if (!Ticker.isValid(ticker)) {
            throw new IllegalArgumentException("ticker must match " + Ticker.PATTERN + ": " + ticker);
        }
        requireRange("epochNanos", epochNanos, 0, EpochNanos.MAX);
        requireRange("priceUnits", priceUnits, 1, FixedDecimal.MAX_UNITS);
        requireRange("quantityUnits", quantityUnits, 0, FixedDecimal.MAX_UNITS);
        requireRange("seq", seq, 0, Long.MAX_VALUE);
    }

    private static void requireRange(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ": " + value);
        }
    }
}
