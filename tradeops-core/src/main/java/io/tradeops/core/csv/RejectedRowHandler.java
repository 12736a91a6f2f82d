package io.tradeops.core.csv;

import java.io.IOException;

/** Receives the rows that are not trades, in file order, one at a time, though not always from the same thread. */
@FunctionalInterface
public interface RejectedRowHandler {

    /** Takes one row.
     *
     * @throws IOException if it can't be kept; reading ends with this exception */
    void onRejected(RejectedRow row) throws IOException;
}
