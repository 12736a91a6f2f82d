package io.tradeops.core.trade;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One executed trade. Immutable.
 *
 * @param ticker what was traded, as {@link Ticker} allows
 * @param priceUnits price in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
 * @param quantityUnits quantity in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
 * @param side the filled order's side, {@link Side#UNKNOWN} if the sender did not say
 * @param timestamp when it was executed
 * @param tradeId the sender's own id, unique per ticker; empty if there is none
 */
public record Trade(String ticker, long priceUnits, long quantityUnits, Side side, Instant timestamp, String tradeId) {

    /** @throws IllegalArgumentException naming the component that is out of its range */
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

    /** The price, scale 8. */
    public BigDecimal price() {
        return FixedDecimal.toBigDecimal(priceUnits);
    }

    /** The quantity, scale 8. */
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
