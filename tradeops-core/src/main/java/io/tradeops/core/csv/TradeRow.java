package io.tradeops.core.csv;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Side;
import io.tradeops.core.trade.Trade;

/**
 * A row of a trades file that is a trade. Immutable.
 *
 * @param line the line on which the row starts, counted from 1, the header included
 * @param ticker what was traded, as {@link io.tradeops.core.trade.Ticker} allows
 * @param priceUnits price in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
 * @param quantityUnits quantity in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
 * @param side the side, {@link Side#UNKNOWN} if the file does not say
 * @param epochNanos nanoseconds since 1970-01-01T00:00:00Z, or {@link #NO_TIMESTAMP} if the file has no such column
 *     or, where that is allowed, the row leaves it empty
 * @param id the column {@code id}, empty if there is none
 * @param tradeId the column {@code trade_id}, empty if there is none
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

    /** The row says no time. */
    public static final long NO_TIMESTAMP = -1;

    /** Whether the row says when the trade was executed. */
    public boolean hasTimestamp() {
        return epochNanos != NO_TIMESTAMP;
    }

    /** The row as a trade.
     *
     * @throws IllegalStateException if it has no timestamp */
    public Trade toTrade() {
        if (!hasTimestamp()) {
            throw new IllegalStateException("line " + line + " has no timestamp");
        }
        return new Trade(ticker, priceUnits, quantityUnits, side, EpochNanos.toInstant(epochNanos), tradeId);
    }
}
