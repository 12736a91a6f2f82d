package io.tradeops.core.trade;

import static java.util.Objects.requireNonNull;

import io.tradeops.core.codec.Arguments;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * An executed trade. Immutable.
 *
 * @param ticker the ticker, valid as defined by {@link Ticker}
 * @param priceUnits the price in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
 * @param quantityUnits the quantity in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
 * @param side the side of the filled order; {@link Side#UNKNOWN} if the sender did not give it
 * @param timestamp the time of execution: 1970-01-01T00:00:00Z to {@link EpochNanos#MAX}, in whole microseconds
 * @param tradeId the sender's own id of the trade, unique per ticker: 1 to 128 characters (code points) without control
 *     characters; empty if there is none
 */
public record Trade(String ticker, long priceUnits, long quantityUnits, Side side, Instant timestamp, String tradeId) {

    private static final long NANOS_PER_MICRO = 1_000;

    /**
     * Checks the components as {@link TradeValidator} does, which also compares the timestamp with the clock.
     *
     * @throws IllegalArgumentException if one of them is out of its range; the message names it
     */
    public Trade {
        Arguments.require(Ticker.isValid(ticker), "ticker must match " + Ticker.PATTERN, ticker);
        Arguments.require(
                priceUnits > 0 && priceUnits <= FixedDecimal.MAX_UNITS,
                "price must be greater than 0 and have at most 10 integer digits, in units of 1e-8",
                priceUnits);
        Arguments.require(
                quantityUnits > 0 && quantityUnits <= FixedDecimal.MAX_UNITS,
                "quantity must be greater than 0 and have at most 10 integer digits, in units of 1e-8",
                quantityUnits);
        requireNonNull(side, "side");
        Arguments.require(
                EpochNanos.of(timestamp) % NANOS_PER_MICRO == 0,
                "timestamp must not be finer than a microsecond",
                timestamp);
        if (!tradeId.isEmpty() && !TradeValidator.isTradeId(tradeId)) {
            throw Arguments.refused(
                    "tradeId must have 1 to 128 characters, no control characters",
                    FixedDecimal.abbreviate(tradeId, 64));
        }
    }

    /**
     * Creates a trade from decimals.
     *
     * @param price the price, greater than 0, with at most 10 integer digits and 8 decimals
     * @param quantity the quantity, in the same range
     * @throws IllegalArgumentException if a component is out of its range; the message names it
     */
    public static Trade of(
            String ticker, BigDecimal price, BigDecimal quantity, Side side, Instant timestamp, String tradeId) {
        return new Trade(ticker, FixedDecimal.of(price), FixedDecimal.of(quantity), side, timestamp, tradeId);
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
