package io.tradeops.core.trade;

import io.tradeops.core.codec.Arguments;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A price of a ticker at a time, as a feed publishes it. Immutable.
 *
 * <p>Methods of this library that take a tick as separate arguments take them in the order of the components.
 *
 * @param ticker the ticker, valid as defined by {@link Ticker}
 * @param epochNanos the time, in nanoseconds since 1970-01-01T00:00:00Z, 0 to {@link EpochNanos#MAX}
 * @param priceUnits the price in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
 * @param quantityUnits the quantity in 10⁻⁸ units, 0 to {@link FixedDecimal#MAX_UNITS}; 0 is a price without a trade
 * @param seq the sequence number that the feed gave the tick, 0 or more; it orders ticks of the same time
 */
public record Tick(String ticker, long epochNanos, long priceUnits, long quantityUnits, long seq) {

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if a component is out of its range; the message names it
     */
    public Tick {
        Arguments.require(Ticker.isValid(ticker), "ticker must match " + Ticker.PATTERN, ticker);
        Arguments.requireRange("epochNanos", epochNanos, 0, EpochNanos.MAX);
        Arguments.requireRange("priceUnits", priceUnits, 1, FixedDecimal.MAX_UNITS);
        Arguments.requireRange("quantityUnits", quantityUnits, 0, FixedDecimal.MAX_UNITS);
        Arguments.requireRange("seq", seq, 0, Long.MAX_VALUE);
    }

    /**
     * Creates a tick from an instant and decimals.
     *
     * @param time the time, 1970-01-01T00:00:00Z to {@link EpochNanos#MAX}
     * @param price the price, greater than 0, with at most 10 integer digits and 8 decimals
     * @param quantity the quantity, 0 or more, with at most 10 integer digits and 8 decimals
     * @throws IllegalArgumentException if a component is out of its range; the message names it
     */
    public static Tick of(String ticker, Instant time, BigDecimal price, BigDecimal quantity, long seq) {
        return new Tick(ticker, EpochNanos.of(time), FixedDecimal.of(price), FixedDecimal.of(quantity), seq);
    }

    /** Returns the time. */
    public Instant time() {
        return EpochNanos.toInstant(epochNanos);
    }

    /** Returns the price as a decimal of scale 8. */
    public BigDecimal price() {
        return FixedDecimal.toBigDecimal(priceUnits);
    }

    /** Returns the quantity as a decimal of scale 8. */
    public BigDecimal quantity() {
        return FixedDecimal.toBigDecimal(quantityUnits);
    }
}
