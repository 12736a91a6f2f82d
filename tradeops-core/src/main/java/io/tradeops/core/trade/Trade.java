package io.tradeops.core.trade;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * An executed trade. Immutable.
 *
 * @param ticker the ticker, valid as defined by {@link Ticker}
 * @param priceUnits the price in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
 * @param quantityUnits the quantity in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
 * @param side the side of the filled order; {@link Side#UNKNOWN} if the sender did not give it
 * @param timestamp the time of execution
 * @param tradeId the sender's own id of the trade, unique per ticker; empty if there is none
 */
public record Trade(String ticker, long priceUnits, long quantityUnits, Side side, Instant timestamp, String tradeId) {

    /**
     * Checks ticker, price and quantity.
     *
     * @throws IllegalArgumentException if one of them is out of its range; the message names it
     */
    public Trade {
        if (!Ticker.isValid(ticker)) {
            throw new IllegalArgumentException("ticker must match " + Ticker.PATTERN + ": " + ticker);
        }
        requireAmount("price", priceUnits);
        requireAmount("quantity", quantityUnits);
        requireNonNull(side, "side");
        requireNonNull(timestamp, "timestamp");
        requireNonNull(tradeId, "tradeId");
    }

    /** Returns the price as a decimal of scale 8. */
    public BigDecimal price() {
        return FixedDecimal.toBigDecimal(priceUnits);
    }

    /** Returns the quantity as a decimal of scale 8. */
    public BigDecimal quantity() {
        return FixedDecimal.toBigDecimal(quantityUnits);
    }

    private static void requireAmount(String name, long units) {
        if (units <= 0 || units > FixedDecimal.MAX_UNITS) {
            throw new IllegalArgumentException(
                    name + " must be greater than 0 and have at most 10 integer digits, in units of 1e-8: " + units);
        }
    }
}
