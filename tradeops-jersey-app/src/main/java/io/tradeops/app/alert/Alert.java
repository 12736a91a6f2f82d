package io.tradeops.app.alert;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.window.PriceMove;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A price move of a ticker, as it is stored, answered and printed. Immutable.
 *
 * @param id derived from rule, ticker, reference and trigger, see {@link PriceMove#id}
 * @param ticker the ticker
 * @param rule the rule's notation
 * @param changePercent the move in percent, scale 4
 * @param reference the tick that it moved from
 * @param trigger the tick that broke the rule
 */
public record Alert(UUID id, String ticker, String rule, BigDecimal changePercent, Point reference, Point trigger) {

    /** A tick of an alert. */
    public record Point(BigDecimal price, Instant timestamp, long seq) {

        private static Point of(PriceMove.Point tick) {
            return new Point(
                    FixedDecimal.toBigDecimal(tick.priceUnits()), EpochNanos.toInstant(tick.epochNanos()), tick.seq());
        }
    }

    /** The alert of a ticker's price move. */
    public static Alert of(String ticker, PriceMove move) {
        return new Alert(
                move.id(ticker),
                ticker,
                move.rule().notation(),
                move.changePercent(),
                Point.of(move.reference()),
                Point.of(move.trigger()));
    }
}
