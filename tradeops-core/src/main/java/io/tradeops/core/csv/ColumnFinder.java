package io.tradeops.core.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the columns of a file by their names, and refuses what is ambiguous or is no file of trades. */
final class ColumnFinder {

    private final List<String> names;
    private final List<String> normalized;
    private final Map<TradeField, List<String>> mapped;
    private final long line;

    /**
     * @param names the names of all columns
     * @param mapped the names of the columns of a field; other fields are found by their usual names
     * @param line the line of the header
     */
    ColumnFinder(List<String> names, Map<TradeField, List<String>> mapped, long line) {
        this.names = names;
        this.mapped = mapped;
        this.line = line;
        normalized = TradeField.normalizeAll(names);
    }

    /** Refuses a file whose columns are those of quotes, books or bars, unless price and quantity are mapped. */
    void requireTrades() throws TradeCsvException {
        if (!mapped.containsKey(TradeField.PRICE) || !mapped.containsKey(TradeField.QUANTITY)) {
            refuse("order books", List.of("is_snapshot"));
            refuse("quotes", List.of("bid", "ask"));
            refuse("quotes", List.of("bid_price", "ask_price"));
            refuse("bars", List.of("open", "high", "low"));
        }
    }

    /** Refuses a file that has columns which a file of trades does not have. */
    private void refuse(String content, List<String> columns) throws TradeCsvException {
        if (hasAll(columns)) {
            throw refusal("the file has " + content + ", not trades: its columns are " + shown() + ", and "
                    + String.join(", ", columns)
                    + " are not columns of trades; if it has trades all the same, name their columns with"
                    + " --map price=COLUMN --map quantity=COLUMN");
        }
    }

    /** The column of a field. */
    int require(TradeField field) throws TradeCsvException {
        int column = find(field);
        if (column == TradeColumns.NONE) {
            throw missing(field);
        }
        return column;
    }

    /** The column of a field, or {@link TradeColumns#NONE}. */
    int find(TradeField field) throws TradeCsvException {
        List<Integer> found = one(field, all(field));
        return found.isEmpty() ? TradeColumns.NONE : found.get(0);
    }

    /** The column of the timestamp, or two: date and time of day; or none. */
    List<Integer> timestamp() throws TradeCsvException {
        List<Integer> found = all(TradeField.TIMESTAMP);
        if (mapped.containsKey(TradeField.TIMESTAMP)) {
            return found;
        }
        return isPair(found, "sip_timestamp", "participant_timestamp")
                ? List.of(indexOf("sip_timestamp"))
                : one(TradeField.TIMESTAMP, found);
    }

    /** The column of the quantity; or two: decimal_size, and size where that is empty. */
    List<Integer> quantity() throws TradeCsvException {
        List<Integer> found = all(TradeField.QUANTITY);
        if (found.isEmpty()) {
            throw missing(TradeField.QUANTITY);
        }
        return isPair(found, "decimal_size", "size")
                ? List.of(indexOf("decimal_size"), indexOf("size"))
                : one(TradeField.QUANTITY, found);
    }

    /**
     * The column that has one of several names, or {@link TradeColumns#NONE}.
     *
     * @param title what the column has, for the message
     */
    int findAny(String title, List<String> aliases) throws TradeCsvException {
        List<String> known = TradeField.normalizeAll(aliases);
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (known.contains(normalized.get(i))) {
                found.add(i);
            }
        }
        if (found.size() > 1) {
            throw refusal("several columns may be the " + title + ": " + shown(", ", found) + "; keep one of them");
        }
        return found.isEmpty() ? TradeColumns.NONE : found.get(0);
    }

    /** Tells whether there is a column of each name. */
    boolean hasAll(List<String> columns) {
        return normalized.containsAll(TradeField.normalizeAll(columns));
    }

    private List<Integer> one(TradeField field, List<Integer> found) throws TradeCsvException {
        if (found.size() > 1) {
            String both = field == TradeField.TIMESTAMP && found.size() == 2
                    ? ", or join them with --map timestamp=" + shown("+", found)
                    : "";
            throw refusal("several columns may be the " + field.key() + ": " + shown(", ", found)
                    + "; choose one with --map " + field.key() + "=" + Shown.text(names.get(found.get(0))) + both);
        }
        return found;
    }

    private List<Integer> all(TradeField field) throws TradeCsvException {
        List<Integer> found = new ArrayList<>();
        if (mapped.containsKey(field)) {
            for (String column : mapped.getOrDefault(field, List.of())) {
                found.add(mappedColumn(field, column));
            }
            return found;
        }
        for (int i = 0; i < names.size(); i++) {
            if (field.isNamed(names.get(i)) && !isMapped(i)) {
                found.add(i);
            }
        }
        return found;
    }

    private int mappedColumn(TradeField field, String name) throws TradeCsvException {
        int column = indexOf(name);
        if (column < 0) {
            throw refusal("there is no column " + Shown.quoted(name) + ", which is mapped to " + field.key()
                    + "; the columns are: " + shown());
        }
        if (normalized.lastIndexOf(normalized.get(column)) != column) {
            throw refusal("the column " + Shown.quoted(name) + " occurs twice; the columns are: " + shown());
        }
        return column;
    }

    /** Tells whether a column is mapped to a field, so that it is no column of another field. */
    private boolean isMapped(int column) {
        for (List<String> columns : mapped.values()) {
            if (TradeField.normalizeAll(columns).contains(normalized.get(column))) {
                return true;
            }
        }
        return false;
    }

    private boolean isPair(List<Integer> found, String first, String second) {
        return found.size() == 2 && found.contains(indexOf(first)) && found.contains(indexOf(second));
    }

    private int indexOf(String column) {
        return normalized.indexOf(TradeField.normalize(column));
    }

    private TradeCsvException missing(TradeField field) {
        String given = field == TradeField.TICKER ? "give the ticker of all rows with --ticker, " : "";
        return refusal("no column " + String.join(", ", field.names()) + "; the columns are: " + shown() + "; " + given
                + "name the column with --map " + field.key()
                + "=COLUMN, or, if the file has no header, name all columns with --columns");
    }

    private TradeCsvException refusal(String problem) {
        return new TradeCsvException(line, problem);
    }

    private String shown(String separator, List<Integer> columns) {
        List<String> shown = new ArrayList<>();
        for (int column : columns) {
            shown.add(Shown.text(names.get(column)));
        }
        return String.join(separator, shown);
    }

    private String shown() {
        return Shown.text(String.join(", ", names));
    }
}
