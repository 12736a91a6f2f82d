package io.tradeops.core.csv;

import io.tradeops.core.trade.FixedDecimal;
import java.io.IOException;
import java.util.List;

/**
 * Finds out what the columns of a file are, from its header and its first row. Refuses a file whose meaning does not
 * follow from them and the settings. For one use by one thread.
 */
final class CsvHeader {

    private static final int MAX_TEXT = 100_000;

    private final RowSource source;
    private final CsvSettings settings;

    private CsvHeader(RowSource source, CsvSettings settings) {
        this.source = source;
        this.settings = settings;
    }

    /**
     * The given columns; without them, those that the header names, which is then read from the source.
     *
     * @throws TradeCsvException if the header is missing, unreadable or no header of trades, or if what the first row
     *     means must be said by an option
     */
    static TradeColumns read(RowSource source, CsvSettings settings) throws IOException {
        CsvHeader header = new CsvHeader(source, settings);
        TradeColumns columns = settings.columns.isEmpty() ? header.named() : header.given();
        while (source.peek() && columns.isHeader(source.row())) {
            source.next();
        }
        if (source.peek()) {
            header.requireClear(columns);
        }
        return columns;
    }

    private TradeColumns given() throws IOException {
        TradeColumns columns = columns(settings.columns, 1);
        if (source.peek() && contradicts(source.row(), columns)) {
            throw refusal("the file has a header, "
                    + TradeCsvException.quoted(String.join(",", source.row().texts()))
                    + ", that differs from the given columns "
                    + TradeCsvException.quoted(String.join(",", columns.names))
                    + "; leave out --columns, and rename columns with --map");
        }
        return columns;
    }

    /** Tells whether a row is a header, but not the given one: it has names of columns, but no price and quantity. */
    private static boolean contradicts(CsvRow row, TradeColumns columns) {
        return row.fields() > Math.max(columns.price, columns.quantity)
                && isWord(row, columns.price)
                && isWord(row, columns.quantity)
                && hasName(row, columns)
                && !columns.isHeader(row);
    }

    private static boolean isWord(CsvRow row, int field) {
        return !row.isFieldEmpty(field) && FixedDecimal.tryParse(row.ascii(field)) == FixedDecimal.NOT_A_NUMBER;
    }

    private static boolean hasName(CsvRow row, TradeColumns columns) {
        List<String> given = TradeField.normalizeAll(columns.names);
        for (String text : row.texts()) {
            if (TradeField.isKnown(text) || given.contains(TradeField.normalize(text))) {
                return true;
            }
        }
        return false;
    }

    private TradeColumns named() throws IOException {
        if (!source.next()) {
            throw new TradeCsvException(1, "the file is empty; there must be a header");
        }
        List<String> names = source.row().texts();
        requireReadable(String.join(",", names));
        return columns(names, source.line());
    }

    private TradeColumns columns(List<String> names, long line) throws TradeCsvException {
        try {
            return new TradeColumns(names, settings, line);
        } catch (TradeCsvException e) {
            String all = String.join("" + settings.delimiter, names);
            String header = all.length() > MAX_TEXT ? all.substring(0, MAX_TEXT) : all;
            String other = otherDelimiter(header);
            if (other.isEmpty()) {
                throw e;
            }
            boolean tab = other.equals("\t");
            throw new TradeCsvException(
                    line,
                    "the columns seem to be separated by " + (tab ? "a tab" : "'" + other + "'")
                            + "; say so with --delimiter " + (tab ? "tab" : "'" + other + "'") + ": "
                            + TradeCsvException.quoted(header));
        }
    }

    /** Another delimiter that splits a header into more known names than the one that was used; empty if none does. */
    private String otherDelimiter(String header) {
        int known = Math.max(knownNames(header, settings.delimiter), 1);
        for (char delimiter : CsvBuilder.DELIMITERS.toCharArray()) {
            if (delimiter != settings.delimiter && knownNames(header, delimiter) > known) {
                return "" + delimiter;
            }
        }
        return "";
    }

    private static int knownNames(String header, char delimiter) {
        int known = 0;
        int from = 0;
        for (int at = 0; at <= header.length(); at++) {
            if (at == header.length() || header.charAt(at) == delimiter) {
                known += TradeField.isKnown(header.substring(from, at)) ? 1 : 0;
                from = at + 1;
            }
        }
        return known;
    }

    private void requireReadable(String header) throws TradeCsvException {
        if (header.startsWith("{") || header.startsWith("[")) {
            throw refusal("the file seems to be JSON, not CSV: " + TradeCsvException.quoted(header));
        }
        if (header.indexOf('\r') >= 0 || header.indexOf('\n') >= 0) {
            throw refusal("a line break within the header; lines must end in LF or CRLF, not in CR alone, and a quote"
                    + " must be closed: " + TradeCsvException.quoted(header));
        }
        for (int i = 0; i < header.length(); i++) {
            if (Character.isISOControl(header.charAt(i)) && header.charAt(i) != '\t') {
                throw refusal("the header has control characters, so the file is not text in UTF-8, or in UTF-16 with a"
                        + " byte order mark: " + TradeCsvException.quoted(header));
            }
        }
        if (source.row().isQuoteMisplaced() || header.indexOf('"') >= 0) {
            throw refusal("a quote in the header is misplaced or not closed: " + TradeCsvException.quoted(header));
        }
    }

    /** Refuses a file whose first row has a time, or another value, that only an option can explain. */
    private void requireClear(TradeColumns columns) throws TradeCsvException {
        TradeFields fields = new TradeFields(columns, settings, source.row());
        fields.read();
        String refusal = fields.refusal().isEmpty() ? fields.unclearTimestamp() : fields.refusal();
        if (!refusal.isEmpty()) {
            throw refusal(refusal);
        }
    }

    private TradeCsvException refusal(String problem) {
        return new TradeCsvException(source.line(), problem);
    }
}
