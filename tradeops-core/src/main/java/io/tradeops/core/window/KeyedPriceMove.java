package io.tradeops.core.window;

import static java.util.Objects.requireNonNull;

import io.tradeops.core.codec.Arguments;
import io.tradeops.core.trade.Ticker;
import io.tradeops.core.window.PriceMove.Point;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * A price move with its ticker. Immutable.
 *
 * @param ticker the ticker
 * @param move the move
 */
public record KeyedPriceMove(String ticker, PriceMove move) {

    /**
     * Checks the ticker.
     *
     * @throws IllegalArgumentException if {@code ticker} is not a ticker
     */
    public KeyedPriceMove {
        requireTicker(ticker);
        requireNonNull(move, "move");
    }

    /** Returns the id of the move, which is {@link PriceMove#id} of the ticker. */
    public UUID id() {
        return move.id(ticker);
    }

    /** Returns the rule that the move broke. */
    public PriceMoveRule rule() {
        return move.rule();
    }

    /** Returns the number of the move within its excursion, from 1. */
    public int step() {
        return move.step();
    }

    /** Returns the move in percent, as {@link PriceMove#changePercent} does. */
    public BigDecimal changePercent() {
        return move.changePercent();
    }

    /** Returns the tick from which the price moved. */
    public Point reference() {
        return move.reference();
    }

    /** Returns the tick that broke the rule. */
    public Point trigger() {
        return move.trigger();
    }

    static void requireTicker(String ticker) {
        Arguments.require(Ticker.isValid(ticker), "ticker must match " + Ticker.PATTERN, ticker);
    }
}
