package io.tradeops.app.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Selects rows of a list. Immutable.
 *
 * @param tickers the tickers, each once; empty for all
 * @param from the earliest time, inclusive
 * @param to the latest time, inclusive
 * @param descending newest first
 * @param limit the most rows of a page, at least 1
 * @param after the row that the page begins after; empty for the first page
 */
public record ListQuery(
        List<String> tickers, Instant from, Instant to, boolean descending, int limit, Optional<Cursor> after) {

    /** Copies the list. */
    public ListQuery {
        tickers = List.copyOf(tickers);
    }

    /** A copy that begins after a row. */
    public ListQuery after(Cursor row) {
        return new ListQuery(tickers, from, to, descending, limit, Optional.of(row));
    }

    /** A copy with another limit. */
    public ListQuery withLimit(int rows) {
        return new ListQuery(tickers, from, to, descending, rows, after);
    }
}
