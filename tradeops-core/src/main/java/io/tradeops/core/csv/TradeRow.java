package io.tradeops.core.csv;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Side;
import io.tradeops.core.trade.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A row of a trades file that is a trade. Immutable.
 *
 * @param line the line on which the row starts; the first line of the file, which may be a header, is 1
 * @param ticker the ticker, valid as defined by {@link io.tradeops.core.trade.Ticker}
 * @param priceUnits the price in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
 * @param quantityUnits the quantity in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
 * @param side the side; {@link Side#UNKNOWN} if the row does not give it
 * @param epochNanos the time of execution, in nanoseconds since 1970-01-01T00:00:00Z; {@link #NO_TIMESTAMP} if the file
 *     has no timestamp column, or the row's timestamp is empty and may be
 * @param id the column {@code id}; empty if there is none
 * @param tradeId the column {@code trade_id}; empty if there is none
 */
public record TradeRow(
        long line,
        String ticker,
        long priceUnits,
        long quantityUnits,
        Side side,
        long epochNanos,
        String id,
        String tradeId) {

    /** The value of {@link #epochNanos} for a row without a timestamp. */
    public static final long NO_TIMESTAMP = -1;

    /** Tells whether the row has a timestamp. */
    public boolean hasTimestamp() {
        return epochNanos != NO_TIMESTAMP;
    }

    /** Returns the price as a decimal of scale 8. */
    public BigDecimal price() {
        return FixedDecimal.toBigDecimal(priceUnits);
    }

    /** Returns the quantity as a decimal of scale 8. */
    public BigDecimal quantity() {
        return FixedDecimal.toBigDecimal(quantityUnits);
    }

    /** Returns the time of execution; empty if the row has no timestamp. */
    public Optional<Instant> time() {
        return hasTimestamp() ? Optional.of(EpochNanos.toInstant(epochNanos)) : Optional.empty();
    }

    /**
     * Converts the row to a trade. Its timestamp is truncated to microseconds.
     *
     * @throws IllegalStateException if the row has no timestamp
     * @throws IllegalArgumentException if the trade id has control characters or more than 128 characters
     */
    public Trade toTrade() {
        if (!hasTimestamp()) {
            throw new IllegalStateException("line " + line + " has no timestamp");
        }
        Instant time = EpochNanos.toInstant(EpochNanos.truncateToMicros(epochNanos));
        return new Trade(ticker, priceUnits, quantityUnits, side, time, tradeId);
    }
}
