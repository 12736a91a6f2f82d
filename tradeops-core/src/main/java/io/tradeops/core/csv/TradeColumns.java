package io.tradeops.core.csv;

import io.tradeops.core.trade.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The positions of a file's columns, which are found by their names. A column that the file does not have is
 * {@link #NONE}. A file is refused if its columns are ambiguous, or are not those of trades. Immutable.
 */
final class TradeColumns {

    static final int NONE = -1;

    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final List<String> CORRECTION =
            List.of("correction", "corr", "tr_corr", "trade_correction_indicator");
    private static final List<String> ACTION = List.of("action");
    private static final List<String> DATABENTO = List.of("rtype", "publisher_id");

    /** The names of all columns. */
    final List<String> names;

    private final List<String> normalized;
    private final Map<TradeField, List<String>> mapped;
    private final long line;

    final int ticker;
    final int price;
    final int quantity;

    /** The column that has the quantity where {@link #quantity} is empty. */
    final int smallQuantity;

    final int timestamp;

    /** The column with the time of day, if {@link #timestamp} is a date alone. */
    final int timeOfDay;

    final int side;

    /** Whether the column {@link #side} is is_buyer_maker. */
    final boolean buyerMaker;

    final int id;
    final int tradeId;

    /** The column that marks cancelled and erroneous trades. */
    final int correction;

    /** The column that tells what the row is about; it must be a trade. */
    final int action;

    /** Whether a price must have a decimal point, because it would be a raw integer without one. */
    final boolean needsPoint;

    /**
     * Finds the columns.
     *
     * @param names the names in the header
     * @param line the line of the header
     * @throws TradeCsvException if a column is missing or ambiguous, or the columns are not those of trades; the
     *     message names the columns and the option that decides
     */
    TradeColumns(List<String> names, CsvSettings settings, long line) throws TradeCsvException {
        this.names = List.copyOf(names);
        this.line = line;
        normalized = TradeField.normalizeAll(names);
        mapped = settings.mapped;
        requireTrades();
        ticker = settings.ticker.isEmpty() ? require(TradeField.TICKER) : find(TradeField.TICKER);
        price = require(TradeField.PRICE);
        List<Integer> quantities = findQuantity();
        quantity = quantities.get(0);
        smallQuantity = quantities.size() > 1 ? quantities.get(1) : NONE;
        List<Integer> times = findTimestamp();
        timestamp = times.isEmpty() ? NONE : times.get(0);
        timeOfDay = times.size() > 1 ? times.get(1) : NONE;
        side = find(TradeField.SIDE);
        buyerMaker = side != NONE && normalized.get(side).equals("isbuyermaker");
        int actions = findAny("action", ACTION);
        action = actions == side ? NONE : actions;
        id = find(TradeField.ID);
        tradeId = find(TradeField.TRADE_ID);
        correction = findAny("correction", CORRECTION);
        needsPoint = hasAll(DATABENTO);
    }

    /**
     * Tells whether a row is the header again. Names are compared without case, spaces, {@code _} and {@code -}. A byte
     * order mark may be before it, as where a file was appended to another one.
     */
    boolean isHeader(CsvRow row) {
        if (row.fields() != count() || row.isQuoteMisplaced() || !isName(0, withoutMark(row.text(0)))) {
            return false;
        }
        for (int i = 1; i < count(); i++) {
            if (!isName(i, row.text(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isName(int column, String text) {
        return TradeField.normalize(text).equals(normalized.get(column));
    }

    /** A field without a byte order mark, and without the quotes that the mark has made part of the field. */
    private static String withoutMark(String field) {
        if (!field.startsWith(BYTE_ORDER_MARK)) {
            return field;
        }
        boolean quoted = field.length() > 2 && field.charAt(1) == '"' && field.endsWith("\"");
        return quoted ? field.substring(2, field.length() - 1) : field.substring(1);
    }

    /** The number of columns. */
    int count() {
        return names.size();
    }

    /** Tells whether a row's meaning depends on its ticker, price, quantity and timestamp alone. */
    boolean arePlain() {
        return smallQuantity == NONE && timeOfDay == NONE && correction == NONE && action == NONE && !needsPoint;
    }

    /** Refuses a file whose columns are those of quotes, books or bars, unless price and quantity are mapped. */
    private void requireTrades() throws TradeCsvException {
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
    private int require(TradeField field) throws TradeCsvException {
        int column = find(field);
        if (column == NONE) {
            throw missing(field);
        }
        return column;
    }

    /** The column of a field, or {@link TradeColumns#NONE}. */
    private int find(TradeField field) throws TradeCsvException {
        List<Integer> found = one(field, all(field));
        return found.isEmpty() ? NONE : found.get(0);
    }

    /** The column of the timestamp, or two: date and time of day; or none. */
    private List<Integer> findTimestamp() throws TradeCsvException {
        List<Integer> found = all(TradeField.TIMESTAMP);
        if (mapped.containsKey(TradeField.TIMESTAMP)) {
            return found;
        }
        return isPair(found, "sip_timestamp", "participant_timestamp")
                ? List.of(indexOf("sip_timestamp"))
                : one(TradeField.TIMESTAMP, found);
    }

    /** The column of the quantity; or two: decimal_size, and size where that is empty. */
    private List<Integer> findQuantity() throws TradeCsvException {
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
    private int findAny(String title, List<String> aliases) throws TradeCsvException {
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
        return found.isEmpty() ? NONE : found.get(0);
    }

    /** Tells whether there is a column of each name. */
    private boolean hasAll(List<String> columns) {
        return normalized.containsAll(TradeField.normalizeAll(columns));
    }

    private List<Integer> one(TradeField field, List<Integer> found) throws TradeCsvException {
        if (found.size() > 1) {
            String both = field == TradeField.TIMESTAMP && found.size() == 2
                    ? ", or join them with --map timestamp=" + shown("+", found)
                    : "";
            throw refusal(
                    "several columns may be the " + field.key() + ": " + shown(", ", found) + "; choose one with --map "
                            + field.key() + "=" + ForeignText.escaped(names.get(found.get(0))) + both);
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
            throw refusal("there is no column " + TradeCsvException.quoted(name) + ", which is mapped to " + field.key()
                    + "; the columns are: " + shown());
        }
        if (normalized.lastIndexOf(normalized.get(column)) != column) {
            throw refusal(
                    "the column " + TradeCsvException.quoted(name) + " occurs twice; the columns are: " + shown());
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
            shown.add(ForeignText.escaped(names.get(column)));
        }
        return String.join(separator, shown);
    }

    private String shown() {
        return ForeignText.escaped(String.join(", ", names));
    }
}
