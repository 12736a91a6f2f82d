package io.tradeops.core.csv;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the columns of a file by their names, and refuses what is ambiguous or is no file of trades.
 *
 * @param names the names of all columns
 * @param mapped the names of the columns of a field; other fields are found by their usual names
 * @param line the line of the header
 */
record ColumnFinder(List<String> names, Map<TradeField, List<String>> mapped, long line) {

    /** Columns that a file of trades does not have, and what has them. */
    private static final List<Betraying> BETRAYING = List.of(
            new Betraying("order books", List.of("is_snapshot")),
            new Betraying("quotes", List.of("bid", "ask")),
            new Betraying("quotes", List.of("bid_price", "ask_price")),
            new Betraying("bars", List.of("open", "high", "low")));

    private record Betraying(String content, List<String> columns) {}

    /** Refuses a file whose columns are those of quotes, books or bars, unless price and quantity are mapped. */
    void requireTrades() throws TradeCsvException {
        if (mapped.containsKey(TradeField.PRICE) && mapped.containsKey(TradeField.QUANTITY)) {
            return;
        }
        for (Betraying betraying : BETRAYING) {
            if (hasAll(betraying.columns())) {
                throw refusal("the file has " + betraying.content() + ", not trades: its columns are " + shown()
                        + ", and " + String.join(", ", betraying.columns())
                        + " are not columns of trades; if it has trades all the same, name their columns with"
                        + " --map price=COLUMN --map quantity=COLUMN");
            }
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
        List<Integer> found = all(field);
        if (found.size() > 1) {
            throw ambiguous(field, found);
        }
        return found.isEmpty() ? TradeColumns.NONE : found.get(0);
    }

    /** The column of the timestamp, or two: date and time of day; or none. */
    List<Integer> timestamp() throws TradeCsvException {
        List<Integer> found = all(TradeField.TIMESTAMP);
        if (mapped.containsKey(TradeField.TIMESTAMP) || isPair(found, "sip_timestamp", "participant_timestamp")) {
            return mapped.containsKey(TradeField.TIMESTAMP) ? found : List.of(named(found, "sip_timestamp"));
        }
        return one(TradeField.TIMESTAMP, found);
    }

    /** The column of the quantity; or two: decimal_size, and size where that is empty. */
    List<Integer> quantity() throws TradeCsvException {
        List<Integer> found = all(TradeField.QUANTITY);
        if (found.isEmpty()) {
            throw missing(TradeField.QUANTITY);
        }
        return isPair(found, "decimal_size", "size")
                ? List.of(named(found, "decimal_size"), named(found, "size"))
                : one(TradeField.QUANTITY, found);
    }

    /**
     * The column that has one of several names, or {@link TradeColumns#NONE}.
     *
     * @param title what the column has, for the message
     */
    int findAny(String title, List<String> aliases) throws TradeCsvException {
        List<String> known = aliases.stream().map(TradeField::normalize).toList();
        List<Integer> found = columns()
                .filter(i -> known.contains(TradeField.normalize(names.get(i))))
                .toList();
        if (found.size() > 1) {
            throw refusal("several columns may be the " + title + ": " + shown(found) + "; keep one of them");
        }
        return found.isEmpty() ? TradeColumns.NONE : found.get(0);
    }

    /** Tells whether there is a column of each name. */
    boolean hasAll(List<String> columns) {
        return columns.stream().allMatch(column -> indexOf(column) >= 0);
    }

    private List<Integer> one(TradeField field, List<Integer> found) throws TradeCsvException {
        if (found.size() > 1) {
            throw ambiguous(field, found);
        }
        return found;
    }

    private List<Integer> all(TradeField field) throws TradeCsvException {
        List<String> columns = mapped.get(field);
        if (columns == null) {
            return columns()
                    .filter(i -> field.isNamed(names.get(i)) && !isMapped(i))
                    .toList();
        }
        for (String column : columns) {
            if (indexOf(column) < 0) {
                throw refusal("there is no column " + Shown.quoted(column) + ", which is mapped to " + field.key()
                        + "; the columns are: " + shown());
            }
            requireOnce(column);
        }
        return columns.stream().map(this::indexOf).toList();
    }

    /** Tells whether a column is mapped to a field, so that it is no column of another field. */
    private boolean isMapped(int column) {
        String name = TradeField.normalize(names.get(column));
        return mapped.values().stream()
                .flatMap(List::stream)
                .map(TradeField::normalize)
                .anyMatch(name::equals);
    }

    private Stream<Integer> columns() {
        return IntStream.range(0, names.size()).boxed();
    }

    private boolean isPair(List<Integer> found, String first, String second) {
        return found.size() == 2 && found.contains(indexOf(first)) && found.contains(indexOf(second));
    }

    private int named(List<Integer> found, String name) {
        return found.get(found.indexOf(indexOf(name)));
    }

    private int indexOf(String column) {
        return normalized().indexOf(TradeField.normalize(column));
    }

    private void requireOnce(String column) throws TradeCsvException {
        if (normalized().lastIndexOf(TradeField.normalize(column)) != indexOf(column)) {
            throw refusal("the column " + Shown.quoted(column) + " occurs twice; the columns are: " + shown());
        }
    }

    private List<String> normalized() {
        return names.stream().map(TradeField::normalize).toList();
    }

    private TradeCsvException ambiguous(TradeField field, List<Integer> found) {
        List<String> candidates = found.stream().map(names::get).toList();
        String both = field == TradeField.TIMESTAMP && candidates.size() == 2
                ? ", or join them with --map timestamp=" + Shown.text(String.join("+", candidates))
                : "";
        return refusal("several columns may be the " + field.key() + ": "
                + shown(found) + "; choose one with --map "
                + field.key() + "=" + Shown.text(candidates.get(0)) + both);
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

    private String shown(List<Integer> columns) {
        return columns.stream().map(names::get).map(Shown::text).collect(Collectors.joining(", "));
    }

    private String shown() {
        return Shown.text(String.join(", ", names));
    }
}
