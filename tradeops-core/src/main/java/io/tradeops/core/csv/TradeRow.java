package io.tradeops.core.csv;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Side;
import io.tradeops.core.trade.Trade;

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

    /**
     * Converts the row to a trade.
     *
     * @throws IllegalStateException if the row has no timestamp
     */
    public Trade toTrade() {
        if (!hasTimestamp()) {
            throw new IllegalStateException("line " + line + " has no timestamp");
        }
        return new Trade(ticker, priceUnits, quantityUnits, side, EpochNanos.toInstant(epochNanos), tradeId);
    }
}
