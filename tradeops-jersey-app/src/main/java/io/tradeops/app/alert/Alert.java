package io.tradeops.app.alert;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.window.PriceMove;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A price move of a ticker, in the form in which it is stored, returned and printed. Immutable.
 *
 * @param id derived from rule, ticker, reference and trigger; see {@link PriceMove#id}
 * @param ticker the ticker
 * @param rule the rule's notation
 * @param step the number of the alert within its excursion, from 1
 * @param changePercent the move in percent, with 4 decimals; negative for a fall
 * @param reference the tick that the trigger is compared with
 * @param trigger the tick that broke the rule
 */
public record Alert(
        UUID id, String ticker, String rule, int step, BigDecimal changePercent, Point reference, Point trigger) {

    /** A tick of an alert.
     *
     * @param price the price, with up to 8 decimals
     * @param timestamp the tick's time
     * @param seq the tick's sequence number */
    public record Point(BigDecimal price, Instant timestamp, long seq) {

        private static Point of(PriceMove.Point tick) {
            return new Point(
                    FixedDecimal.toBigDecimal(tick.priceUnits()), EpochNanos.toInstant(tick.epochNanos()), tick.seq());
        }
    }

    /** The alert for a ticker's price move. */
    public static Alert of(String ticker, PriceMove move) {
        return new Alert(
                move.id(ticker),
                ticker,
                move.rule().notation(),
                move.step(),
                move.changePercent(),
                Point.of(move.reference()),
                Point.of(move.trigger()));
    }
}
