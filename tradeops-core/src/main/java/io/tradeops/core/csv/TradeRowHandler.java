package io.tradeops.core.csv;

import java.io.IOException;

/** Receives a file's trades, in file order. */
@FunctionalInterface
public interface TradeRowHandler {

    /** Takes one trade.
     *
     * @throws IOException if it can't be used; reading ends with this exception */
    void onRow(TradeRow row) throws IOException;
}
