package io.tradeops.core.csv;

import java.util.List;

/**
 * The positions of a file's columns, found by their names. A column that the file does not have is {@link #NONE}. Names
 * are compared without case, spaces, tabs, {@code _} and {@code -}. If several names of a list below are present, the
 * one listed first is used. Immutable.
 *
 * @param count the number of columns
 * @param buyerMaker whether the column {@code side} is is_buyer_maker
 */
record TradeColumns(
        int count,
        int ticker,
        int price,
        int quantity,
        int timestamp,
        int side,
        boolean buyerMaker,
        int id,
        int tradeId) {

    static final int NONE = -1;

    private static final List<String> TICKER = List.of("ticker", "symbol", "sym", "stock", "instrument");
    private static final List<String> PRICE = List.of("price", "px", "trade_price", "execution_price", "last");
    private static final List<String> QUANTITY =
            List.of("quantity", "qty", "decimal_size", "size", "volume", "shares", "amount");
    private static final List<String> TIMESTAMP =
            List.of("timestamp", "time", "date", "executed_at", "sip_timestamp", "transact_time");
    private static final List<String> SIDE = List.of("side");
    private static final List<String> BUYER_MAKER = List.of("is_buyer_maker");
    private static final List<String> ID = List.of("id");
    private static final List<String> TRADE_ID = List.of("trade_id");

    /**
     * Finds the columns.
     *
     * @param names the names in the header
     * @param tickerGiven whether the ticker column may be missing
     * @param line the line of the header
     * @throws TradeCsvException if a column is missing or occurs twice; the message names the columns of the file
     */
    static TradeColumns of(List<String> names, boolean tickerGiven, long line) throws TradeCsvException {
        List<String> normalized = names.stream().map(TradeColumns::normalize).toList();
        Finder finder = new Finder(names, normalized, line);
        int side = finder.find(SIDE);
        return new TradeColumns(
                names.size(),
                tickerGiven ? finder.find(TICKER) : finder.require(TICKER),
                finder.require(PRICE),
                finder.require(QUANTITY),
                finder.find(TIMESTAMP),
                side == NONE ? finder.find(BUYER_MAKER) : side,
                side == NONE,
                finder.find(ID),
                finder.find(TRADE_ID));
    }

    private static String normalize(String name) {
        StringBuilder normalized = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (" \t_-".indexOf(c) < 0) {
                normalized.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
            }
        }
        return normalized.toString();
    }

    private record Finder(List<String> names, List<String> normalized, long line) {

        int require(List<String> aliases) throws TradeCsvException {
            int column = find(aliases);
            if (column == NONE) {
                throw new TradeCsvException(
                        line, "no column " + String.join(", ", aliases) + "; the columns are: " + shown());
            }
            return column;
        }

        int find(List<String> aliases) throws TradeCsvException {
            for (String alias : aliases) {
                int column = normalized.indexOf(normalize(alias));
                if (column != normalized.lastIndexOf(normalize(alias))) {
                    throw new TradeCsvException(line, "column " + alias + " occurs twice; the columns are: " + shown());
                }
                if (column >= 0) {
                    return column;
                }
            }
            return NONE;
        }

        private String shown() {
            String all = String.join(", ", names);
            return all.length() <= 500 ? all : all.substring(0, 500) + "…";
        }
    }
}
