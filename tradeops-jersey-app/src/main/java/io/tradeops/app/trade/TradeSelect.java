package io.tradeops.app.trade;

import io.tradeops.app.db.Row;
import io.tradeops.app.db.Sql;
import io.tradeops.app.rest.Cursor;
import io.tradeops.app.rest.ListQuery;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Side;
import io.tradeops.core.trade.Trade;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Selects the trades of a page, ordered by (timestamp, id). Serves one query; not thread-safe. */
final class TradeSelect {

    /*
     * For a table of any size, the server must walk an index and stop at the limit:
     * - One ticker walks (ticker, executed_at, id).
     * - With several tickers, each walks its own part of this index up to the limit. "ticker in (…)", and a plain
     *   "union all" as well, would sort all of their rows.
     * - With a cursor, the row comparison replaces the bound on its side. With both, the walk might start at the bound
     *   and skip every row of the earlier pages.
     * - The limit is text, not a parameter: a generic plan would expect to read a tenth of the table.
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
        return Sql.list(connection, sql(limit), TradeSelect::trade, parameters());
    }

    /** The cursor behind a trade. */
    static Cursor cursor(StoredTrade stored) {
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

    private Object[] parameters() {
        List<Object> range = rangeParameters();
        if (query.tickers().isEmpty()) {
            return range.toArray();
        }
        List<Object> parameters = new ArrayList<>();
        for (String ticker : query.tickers()) {
            parameters.add(ticker);
            parameters.addAll(range);
        }
        return parameters.toArray();
    }

    private List<Object> rangeParameters() {
        return after == null
                ? List.of(query.from(), query.to())
                : List.of(after.time(), afterId, query.descending() ? query.from() : query.to());
    }

    private static StoredTrade trade(Row row) throws SQLException {
        Trade trade = new Trade(
                row.text("ticker"),
                FixedDecimal.of(row.decimal("price")),
                FixedDecimal.of(row.decimal("quantity")),
                row.optionalText("side").map(Side::ofWireName).orElse(Side.UNKNOWN),
                row.instant("executed_at"),
                row.optionalText("trade_id").orElse(""));
        return new StoredTrade(row.uuid("id"), trade, row.instant("received_at"));
    }

    /** Whether the cursor is before the whole range, because it is of another query; then it has no effect. */
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
