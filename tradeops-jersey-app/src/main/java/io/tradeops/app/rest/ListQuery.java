package io.tradeops.app.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which rows of a list are wanted. Immutable.
 *
 * @param tickers of which tickers, each once; empty for all
 * @param from not before, inclusive
 * @param to not after, inclusive
 * @param descending newest first
 * @param limit the most rows of a page, at least 1
 * @param after where the page begins
 */
public record ListQuery(
        List<String> tickers, Instant from, Instant to, boolean descending, int limit, Optional<Cursor> after) {

    /** Takes a copy of the list. */
    public ListQuery {
        tickers = List.copyOf(tickers);
    }

    /** The same, but from behind a place. */
    public ListQuery after(Cursor place) {
        return new ListQuery(tickers, from, to, descending, limit, Optional.of(place));
    }

    /** The same with another limit. */
    public ListQuery withLimit(int rows) {
        return new ListQuery(tickers, from, to, descending, rows, after);
    }
}
