package io.tradeops.core.csv;

import io.tradeops.core.trade.Ticker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings for reading a file. Immutable.
 *
 * @param ticker the ticker of a file without a ticker column; empty if none is given
 * @param columns the columns of a file without a header; empty if the file has a header
 * @param rejects the handler of the rows that are not trades
 * @param emptyTimestamps whether the timestamp of a row may be empty
 */
record CsvSettings(String ticker, List<String> columns, RejectedRowHandler rejects, boolean emptyTimestamps) {

    static final CsvSettings DEFAULT = new CsvSettings("", List.of(), row -> {}, false);

    CsvSettings withTicker(String newTicker) {
        if (!Ticker.isValid(newTicker)) {
            throw new IllegalArgumentException("ticker must match " + Ticker.PATTERN + ": " + newTicker);
        }
        return new CsvSettings(newTicker, columns, rejects, emptyTimestamps);
    }

    CsvSettings withColumns(List<String> newColumns) {
        if (newColumns.isEmpty()) {
            throw new IllegalArgumentException("columns must not be empty");
        }
        return new CsvSettings(ticker, List.copyOf(newColumns), rejects, emptyTimestamps);
    }

    CsvSettings withRejects(RejectedRowHandler newRejects) {
        return new CsvSettings(ticker, columns, newRejects, emptyTimestamps);
    }

    CsvSettings withEmptyTimestamps() {
        return new CsvSettings(ticker, columns, rejects, true);
    }

    /**
     * The given columns; without them, those that the header names, which is then read from the source.
     *
     * @throws TradeCsvException if there is no header, or a column is missing or occurs twice
     */
    TradeColumns columnsOf(RowSource source) throws IOException {
        if (!columns.isEmpty()) {
            return TradeColumns.of(columns, !ticker.isEmpty(), 1);
        }
        if (!source.next()) {
            throw new TradeCsvException(1, "the file is empty; there must be a header");
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < source.row().fields(); i++) {
            names.add(source.row().text(i));
        }
        return TradeColumns.of(names, !ticker.isEmpty(), source.line());
    }
}
