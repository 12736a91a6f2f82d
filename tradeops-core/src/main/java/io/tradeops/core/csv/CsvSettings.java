package io.tradeops.core.csv;

import io.tradeops.core.trade.Ticker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How a file is to be read. Immutable.
 *
 * @param ticker the ticker of files without such a column; empty if none is given
 * @param columns the columns of files without a header; empty if the file has one
 * @param rejects takes the rows that are not trades
 * @param emptyTimestamps whether a row may leave its timestamp empty
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

    /** The columns that are given, or that the header names, which is read from the source then.
     *
     * @throws TradeCsvException if there is no header or a column is missing */
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
