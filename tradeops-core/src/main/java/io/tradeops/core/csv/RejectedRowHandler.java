package io.tradeops.core.csv;

import java.io.IOException;

/**
 * Receives the rows that are not trades, in the order of the file. Calls may come from different threads, but only one
 * at a time.
 */
@FunctionalInterface
public interface RejectedRowHandler {

    /**
     * Receives a row.
     *
     * @throws IOException if the row cannot be processed; reading the file then fails with this exception
     */
    void onRejected(RejectedRow row) throws IOException;
}
