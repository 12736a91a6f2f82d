package io.tradeops.core.csv;

import io.tradeops.core.trade.Ticker;
import java.util.List;

/**
 * How a file is to be read. Immutable.
 *
 * @param ticker the ticker of files without such a column; empty if none is given
 * @param columns the columns of files without a header; empty if the file has one
 */
record CsvSettings(String ticker, List<String> columns, RejectedRowHandler rejects) {

    static final CsvSettings DEFAULT = new CsvSettings("", List.of(), row -> {});

    CsvSettings withTicker(String newTicker) {
        if (!Ticker.isValid(newTicker)) {
            throw new IllegalArgumentException("ticker must match " + Ticker.PATTERN + ": " + newTicker);
        }
        return new CsvSettings(newTicker, columns, rejects);
    }

    CsvSettings withColumns(List<String> newColumns) {
        if (newColumns.isEmpty()) {
            throw new IllegalArgumentException("columns must not be empty");
        }
        return new CsvSettings(ticker, List.copyOf(newColumns), rejects);
    }

    CsvSettings withRejects(RejectedRowHandler newRejects) {
        return new CsvSettings(ticker, columns, newRejects);
    }
}
