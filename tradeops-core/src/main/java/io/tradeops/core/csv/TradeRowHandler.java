package io.tradeops.core.csv;

import java.io.IOException;

/** Receives the trades of a file, in the order of the file. */
@FunctionalInterface
public interface TradeRowHandler {

    /**
     * Receives a trade.
     *
     * @throws IOException if the trade cannot be processed; reading the file then fails with this exception
     */
    void onRow(TradeRow row) throws IOException;
}
