package io.tradeops.core.csv;

import io.tradeops.core.trade.Ticker;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings for reading a file. Immutable.
 *
 * @param ticker the ticker of a file without a ticker column; empty if none is given
 * @param columns the columns of a file without a header; empty if the file has a header
 * @param mapped the names of the columns of a field; a field that is not in the map is found by its usual names
 * @param delimiter the character between two fields
 * @param zone the zone of times without an offset; empty if such times are refused
 * @param rejects the handler of the rows that are not trades
 * @param emptyTimestamps whether the timestamp of a row may be empty
 * @param knownSides whether a row is rejected if its side is not known
 * @param limits the limits of compressed files
 */
record CsvSettings(
        String ticker,
        List<String> columns,
        Map<TradeField, List<String>> mapped,
        char delimiter,
        Optional<ZoneId> zone,
        RejectedRowHandler rejects,
        boolean emptyTimestamps,
        boolean knownSides,
        InflationLimits limits) {

    static final CsvSettings DEFAULT = new CsvSettings(
            "", List.of(), Map.of(), ',', Optional.empty(), row -> {}, false, false, InflationLimits.DEFAULT);

    private static final String DELIMITERS = ",;\t|";

    CsvSettings withTicker(String newTicker) {
        if (!Ticker.isValid(newTicker)) {
            throw new IllegalArgumentException("ticker must match " + Ticker.PATTERN + ": " + Shown.text(newTicker));
        }
        return new CsvSettings(
                newTicker, columns, mapped, delimiter, zone, rejects, emptyTimestamps, knownSides, limits);
    }

    CsvSettings withColumns(List<String> newColumns) {
        if (newColumns.isEmpty()) {
            throw new IllegalArgumentException("columns must not be empty");
        }
        return new CsvSettings(
                ticker, List.copyOf(newColumns), mapped, delimiter, zone, rejects, emptyTimestamps, knownSides, limits);
    }

    CsvSettings withColumn(String field, String name) {
        TradeField known = TradeField.ofKey(field);
        Map<TradeField, List<String>> all = new HashMap<>(mapped);
        all.put(known, known.mappedNames(name));
        return new CsvSettings(
                ticker, columns, Map.copyOf(all), delimiter, zone, rejects, emptyTimestamps, knownSides, limits);
    }

    CsvSettings withDelimiter(char newDelimiter) {
        if (DELIMITERS.indexOf(newDelimiter) < 0) {
            throw new IllegalArgumentException(
                    "delimiter must be a comma, a semicolon, a tab or |: " + Shown.quoted("" + newDelimiter));
        }
        return new CsvSettings(
                ticker, columns, mapped, newDelimiter, zone, rejects, emptyTimestamps, knownSides, limits);
    }

    CsvSettings withZone(ZoneId newZone) {
        return new CsvSettings(
                ticker, columns, mapped, delimiter, Optional.of(newZone), rejects, emptyTimestamps, knownSides, limits);
    }

    CsvSettings withRejects(RejectedRowHandler newRejects) {
        return new CsvSettings(
                ticker, columns, mapped, delimiter, zone, newRejects, emptyTimestamps, knownSides, limits);
    }

    CsvSettings withEmptyTimestamps() {
        return new CsvSettings(ticker, columns, mapped, delimiter, zone, rejects, true, knownSides, limits);
    }

    CsvSettings withKnownSides() {
        return new CsvSettings(ticker, columns, mapped, delimiter, zone, rejects, emptyTimestamps, true, limits);
    }

    CsvSettings withLimits(InflationLimits newLimits) {
        return new CsvSettings(
                ticker, columns, mapped, delimiter, zone, rejects, emptyTimestamps, knownSides, newLimits);
    }
}
