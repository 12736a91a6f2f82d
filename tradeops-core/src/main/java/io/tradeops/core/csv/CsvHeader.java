package io.tradeops.core.csv;

import io.tradeops.core.trade.FixedDecimal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what the columns of a file are, from its header and its first row. Refuses a file whose meaning does not
 * follow from them and the settings. Static functions; thread-safe.
 */
final class CsvHeader {

    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
    private static final int MAX_TEXT = 100_000;

    private CsvHeader() {}

    /**
     * The given columns; without them, those that the header names, which is then read from the source.
     *
     * @throws TradeCsvException if the header is missing, unreadable or no header of trades, or if what the first row
     *     means must be said by an option
     */
    static TradeColumns read(RowSource source, CsvSettings settings) throws IOException {
        TradeColumns columns = settings.columns().isEmpty() ? named(source, settings) : given(source, settings);
        while (source.peek() && columns.isHeader(source.row())) {
            source.next();
        }
        if (source.peek()) {
            requireClear(source, columns, settings);
        }
        return columns;
    }

    private static TradeColumns given(RowSource source, CsvSettings settings) throws IOException {
        TradeColumns columns = columns(settings.columns(), settings, 1);
        if (source.peek() && contradicts(source.row(), columns)) {
            throw new TradeCsvException(
                    source.line(),
                    "the file has a header, "
                            + Shown.quoted(String.join(",", source.row().texts()))
                            + ", that differs from the given columns " + Shown.quoted(String.join(",", columns.names()))
                            + "; leave out --columns, and rename columns with --map");
        }
        return columns;
    }

    /** Tells whether a row is a header, but not the given one: it has names of columns, but no price and quantity. */
    private static boolean contradicts(CsvRow row, TradeColumns columns) {
        return row.fields() > Math.max(columns.price(), columns.quantity())
                && isWord(row, columns.price())
                && isWord(row, columns.quantity())
                && row.texts().stream().anyMatch(text -> isName(text, columns))
                && !columns.isHeader(row);
    }

    private static boolean isWord(CsvRow row, int field) {
        return !row.isFieldEmpty(field)
                && FixedDecimal.tryParse(row.ascii(field, new AsciiText())) == FixedDecimal.NOT_A_NUMBER;
    }

    private static boolean isName(String text, TradeColumns columns) {
        return TradeField.isKnown(text)
                || columns.names().stream().map(TradeField::normalize).anyMatch(TradeField.normalize(text)::equals);
    }

    private static TradeColumns named(RowSource source, CsvSettings settings) throws IOException {
        if (!source.next()) {
            throw new TradeCsvException(1, "the file is empty; there must be a header");
        }
        List<String> names = source.row().texts();
        requireReadable(source, names);
        return columns(names, settings, source.line());
    }

    private static TradeColumns columns(List<String> names, CsvSettings settings, long line) throws TradeCsvException {
        try {
            return TradeColumns.of(names, settings.mapped(), !settings.ticker().isEmpty(), line);
        } catch (TradeCsvException e) {
            Optional<Character> other = otherDelimiter(names, settings.delimiter());
            if (other.isPresent()) {
                throw new TradeCsvException(
                        line,
                        "the columns seem to be separated by " + title(other.get()) + "; say so with --delimiter "
                                + option(other.get()) + ": " + Shown.quoted(joined(names, settings.delimiter())));
            }
            throw e;
        }
    }

    /** Another delimiter that splits a header into more known names than the one that was used. */
    private static Optional<Character> otherDelimiter(List<String> names, char used) {
        String header = joined(names, used);
        long known = knownNames(header, used);
        return DELIMITERS.stream()
                .filter(delimiter -> delimiter != used && knownNames(header, delimiter) > Math.max(known, 1))
                .findFirst();
    }

    private static String joined(List<String> names, char delimiter) {
        String all = String.join("" + delimiter, names);
        return all.length() > MAX_TEXT ? all.substring(0, MAX_TEXT) : all;
    }

    private static long knownNames(String header, char delimiter) {
        long known = 0;
        int from = 0;
        for (int at = 0; at <= header.length(); at++) {
            if (at == header.length() || header.charAt(at) == delimiter) {
                known += TradeField.isKnown(header.substring(from, at)) ? 1 : 0;
                from = at + 1;
            }
        }
        return known;
    }

    private static String title(char delimiter) {
        return delimiter == '\t' ? "a tab" : "'" + delimiter + "'";
    }

    private static String option(char delimiter) {
        return delimiter == '\t' ? "tab" : "'" + delimiter + "'";
    }

    private static void requireReadable(RowSource source, List<String> names) throws TradeCsvException {
        String header = String.join(",", names);
        if (header.startsWith("{") || header.startsWith("[")) {
            throw new TradeCsvException(source.line(), "the file seems to be JSON, not CSV: " + Shown.quoted(header));
        }
        if (header.indexOf('\r') >= 0 || header.indexOf('\n') >= 0) {
            throw new TradeCsvException(
                    source.line(),
                    "a line break within the header; lines must end in LF or CRLF, not in CR alone, and a quote must be"
                            + " closed: " + Shown.quoted(header));
        }
        if (header.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
            throw new TradeCsvException(
                    source.line(),
                    "the header has control characters, so the file is not text in UTF-8, or in UTF-16 with a byte order"
                            + " mark: " + Shown.quoted(header));
        }
        if (source.row().isQuoteMisplaced() || header.indexOf('"') >= 0) {
            throw new TradeCsvException(
                    source.line(), "a quote in the header is misplaced or not closed: " + Shown.quoted(header));
        }
    }

    /** Refuses a file whose first row has a time, or another value, that only an option can explain. */
    private static void requireClear(RowSource source, TradeColumns columns, CsvSettings settings)
            throws TradeCsvException {
        TradeFields fields = new TradeFields(columns, settings);
        fields.read(source.row());
        String refusal = fields.refusal().isEmpty() ? fields.unclearTimestamp(source.row()) : fields.refusal();
        if (!refusal.isEmpty()) {
            throw new TradeCsvException(source.line(), refusal);
        }
    }
}
