package io.tradeops.app.trade;

import io.tradeops.app.rest.Cursor;
import io.tradeops.app.rest.ListQuery;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Side;
import io.tradeops.core.trade.Trade;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Selects the trades of a page by (timestamp, id). Made for one query; not thread-safe. */
final class TradeSelect {

    /*
     * Each statement must be answered by walking an index and stopping at the limit, whatever the table's size:
     * - one ticker walks (ticker, executed_at, id);
     * - of several tickers each walks its own part of it up to the limit: "ticker in (…)", and a plain "union all" as
     *   well, sorts all that they have;
     * - behind a cursor the row comparison takes the place of the bound on that side: beside it, the walk may begin at
     *   the bound and skip every row of the earlier pages;
     * - the limit is text, not a parameter, or a plan made for any value would be a plan for a tenth of the table.
     */
    private static final String COLUMNS = "id, ticker, price, quantity, side, executed_at, trade_id, received_at";

    private final ListQuery query;
    private final @Nullable Cursor after;
    private final UUID afterId;

    /** @throws io.tradeops.app.rest.ProblemException 400 if the query's cursor is forged */
    TradeSelect(ListQuery query) {
        this.query = query;
        Cursor cursor = query.after().orElse(null);
        this.afterId = cursor == null ? new UUID(0, 0) : uuid(cursor.key());
        this.after = cursor == null || isOutside(cursor, query) ? null : cursor;
    }

    /** The rows, at most {@code limit}. */
    List<StoredTrade> rows(Connection connection, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql(limit))) {
            int index = 1;
            for (String ticker : query.tickers()) {
                statement.setString(index, ticker);
                index = bindRange(statement, index + 1);
            }
            if (query.tickers().isEmpty()) {
                bindRange(statement, index);
            }
            List<StoredTrade> trades = new ArrayList<>(Math.min(limit, 1_000));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    trades.add(trade(rows));
                }
            }
            return trades;
        }
    }

    /** The place of a trade. */
    static Cursor place(StoredTrade stored) {
        return new Cursor(stored.trade().timestamp(), stored.id().toString());
    }

    private String sql(int limit) {
        String order = query.descending() ? " desc" : "";
        String end = " order by executed_at" + order + ", id" + order + " limit " + limit;
        String one = "select " + COLUMNS + " from trades where "
                + (query.tickers().isEmpty() ? "" : "ticker = ? and ") + range() + end;
        int walks = query.tickers().size();
        return walks < 2 ? one : "(" + String.join(") union all (", Collections.nCopies(walks, one)) + ")" + end;
    }

    private String range() {
        if (after == null) {
            return "executed_at >= ? and executed_at <= ?";
        }
        return query.descending()
                ? "(executed_at, id) < (?, ?) and executed_at >= ?"
                : "(executed_at, id) > (?, ?) and executed_at <= ?";
    }

    /** Returns the index of the parameter behind it. */
    private int bindRange(PreparedStatement statement, int index) throws SQLException {
        if (after == null) {
            statement.setObject(index, utc(query.from()));
            statement.setObject(index + 1, utc(query.to()));
            return index + 2;
        }
        statement.setObject(index, utc(after.time()));
        statement.setObject(index + 1, afterId);
        statement.setObject(index + 2, utc(query.descending() ? query.from() : query.to()));
        return index + 3;
    }

    private static StoredTrade trade(ResultSet row) throws SQLException {
        String side = row.getString(5);
        String tradeId = row.getString(7);
        Trade trade = new Trade(
                row.getString(2),
                FixedDecimal.of(decimal(row, 3)),
                FixedDecimal.of(decimal(row, 4)),
                side == null ? Side.UNKNOWN : Side.ofWireName(side),
                instant(row, 6),
                tradeId == null ? "" : tradeId);
        return new StoredTrade(row.getObject(1, UUID.class), trade, instant(row, 8));
    }

    private static BigDecimal decimal(ResultSet row, int column) throws SQLException {
        return row.getBigDecimal(column);
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** Whether the cursor, of another query then, leaves the whole range ahead: it says nothing. */
    private static boolean isOutside(Cursor cursor, ListQuery query) {
        return query.descending()
                ? cursor.time().isAfter(query.to())
                : cursor.time().isBefore(query.from());
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Cursor.forged();
        }
    }
}
