package io.tradeops.core.csv;

import java.util.List;
import java.util.Map;

/**
 * The positions of a file's columns. A column that the file does not have is {@link #NONE}. Immutable.
 *
 * @param names the names of all columns
 * @param smallQuantity the column that has the quantity where {@code quantity} is empty
 * @param timeOfDay the column with the time of day, if {@code timestamp} is a date alone
 * @param buyerMaker whether the column {@code side} is is_buyer_maker
 * @param correction the column that marks cancelled and erroneous trades
 * @param action the column that tells what the row is about; it must be a trade
 * @param needsPoint whether a price must have a decimal point, because it would be a raw integer without one
 */
record TradeColumns(
        List<String> names,
        int ticker,
        int price,
        int quantity,
        int smallQuantity,
        int timestamp,
        int timeOfDay,
        int side,
        boolean buyerMaker,
        int id,
        int tradeId,
        int correction,
        int action,
        boolean needsPoint) {

    static final int NONE = -1;

    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final List<String> CORRECTION =
            List.of("correction", "corr", "tr_corr", "trade_correction_indicator");
    private static final List<String> ACTION = List.of("action");
    private static final List<String> DATABENTO = List.of("rtype", "publisher_id");

    /**
     * Finds the columns.
     *
     * @param names the names in the header
     * @param mapped the names of the columns of a field
     * @param tickerGiven whether the ticker column may be missing
     * @param line the line of the header
     * @throws TradeCsvException if a column is missing or ambiguous, or the columns are not those of trades; the
     *     message names the columns and the option that decides
     */
    static TradeColumns of(List<String> names, Map<TradeField, List<String>> mapped, boolean tickerGiven, long line)
            throws TradeCsvException {
        ColumnFinder finder = new ColumnFinder(names, mapped, line);
        finder.requireTrades();
        int ticker = tickerGiven ? finder.find(TradeField.TICKER) : finder.require(TradeField.TICKER);
        int price = finder.require(TradeField.PRICE);
        List<Integer> quantity = finder.quantity();
        List<Integer> timestamp = finder.timestamp();
        int side = finder.find(TradeField.SIDE);
        int action = finder.findAny("action", ACTION);
        return new TradeColumns(
                List.copyOf(names),
                ticker,
                price,
                quantity.get(0),
                quantity.size() > 1 ? quantity.get(1) : NONE,
                timestamp.isEmpty() ? NONE : timestamp.get(0),
                timestamp.size() > 1 ? timestamp.get(1) : NONE,
                side,
                side != NONE && TradeField.normalize(names.get(side)).equals("isbuyermaker"),
                finder.find(TradeField.ID),
                finder.find(TradeField.TRADE_ID),
                finder.findAny("correction", CORRECTION),
                action == side ? NONE : action,
                finder.hasAll(DATABENTO));
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
        return TradeField.normalize(text).equals(TradeField.normalize(names.get(column)));
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
}
