package io.tradeops.core.csv;

import java.util.List;

/**
 * Which column of a file holds what, by the names that its header gives them; a column that the file doesn't have is
 * {@link #NONE}. Names are compared without case, spaces, {@code _} and {@code -}; of several columns that could be
 * meant, the name that stands first here wins. Immutable.
 *
 * @param count the file's columns
 * @param buyerMaker whether {@code side} holds is_buyer_maker and not the side
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

    /** Finds the columns.
     *
     * @param names as the header, on line {@code line}, gives them
     * @param tickerGiven whether a column of tickers can be done without
     * @throws TradeCsvException if a column is missing or there twice, naming those that are there */
    static TradeColumns of(List<String> names, boolean tickerGiven, long line) throws TradeCsvException {
        List<String> plain = names.stream().map(TradeColumns::bare).toList();
        Finder finder = new Finder(names, plain, line);
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

    private static String bare(String name) {
        StringBuilder bare = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (" \t_-".indexOf(c) < 0) {
                bare.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
            }
        }
        return bare.toString();
    }

    private record Finder(List<String> names, List<String> plain, long line) {

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
                int column = plain.indexOf(bare(alias));
                if (column != plain.lastIndexOf(bare(alias))) {
                    throw new TradeCsvException(
                            line, "column " + alias + " is there twice; the columns are: " + shown());
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
