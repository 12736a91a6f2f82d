package io.tradeops.core.csv;

import java.util.List;

/** The positions of a file's columns. A column that the file does not have is {@link #NONE}. Immutable. */
final class TradeColumns {

    static final int NONE = -1;

    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final List<String> CORRECTION =
            List.of("correction", "corr", "tr_corr", "trade_correction_indicator");
    private static final List<String> ACTION = List.of("action");
    private static final List<String> DATABENTO = List.of("rtype", "publisher_id");

    /** The names of all columns. */
    final List<String> names;

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
        ColumnFinder finder = new ColumnFinder(names, settings.mapped, line);
        finder.requireTrades();
        ticker = settings.ticker.isEmpty() ? finder.require(TradeField.TICKER) : finder.find(TradeField.TICKER);
        price = finder.require(TradeField.PRICE);
        List<Integer> quantities = finder.quantity();
        quantity = quantities.get(0);
        smallQuantity = quantities.size() > 1 ? quantities.get(1) : NONE;
        List<Integer> times = finder.timestamp();
        timestamp = times.isEmpty() ? NONE : times.get(0);
        timeOfDay = times.size() > 1 ? times.get(1) : NONE;
        side = finder.find(TradeField.SIDE);
        buyerMaker = side != NONE && TradeField.normalize(names.get(side)).equals("isbuyermaker");
        int actions = finder.findAny("action", ACTION);
        action = actions == side ? NONE : actions;
        id = finder.find(TradeField.ID);
        tradeId = finder.find(TradeField.TRADE_ID);
        correction = finder.findAny("correction", CORRECTION);
        needsPoint = finder.hasAll(DATABENTO);
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
