package io.tradeops.app.rest;

import io.tradeops.app.db.Database;
import io.tradeops.core.trade.Ticker;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.StatelessSession;
import org.hibernate.query.SelectionQuery;

/**
 * Reads the rows of an entity that has a ticker in pages, by keyset. The order is (time, key), which is unique. The
 * next page begins after the last row, so no row is skipped or repeated while others are inserted. Thread-safe.
 *
 * @param <E> the entity
 */
public final class KeysetQuery<E> {

    private final Class<E> entity;
    private final String time;
    private final String key;
    private final Function<String, ?> readKey;

    private KeysetQuery(Class<E> entity, String time, String key, Function<String, ?> readKey) {
        this.entity = entity;
        this.time = time;
        this.key = key;
        this.readKey = readKey;
    }

    /** Rows ordered by a time and a UUID; the arguments name the entity's attributes. */
    public static <E> KeysetQuery<E> byTimeAndId(Class<E> entity, String time, String id) {
        return new KeysetQuery<>(entity, time, id, KeysetQuery::uuid);
    }

    /** Rows ordered by a time and the ticker; {@code time} names the entity's attribute. */
    public static <E> KeysetQuery<E> byTimeAndTicker(Class<E> entity, String time) {
        return new KeysetQuery<>(entity, time, "ticker", KeysetQuery::ticker);
    }

    /**
     * Reads a page.
     *
     * @param convert converts a row
     * @param position the cursor of a converted row
     * @throws ProblemException 400 if the query's cursor is not from this server
     */
    public <T> Page<T> page(Database database, ListQuery query, Function<E, T> convert, Function<T, Cursor> position) {
        List<T> rows = database.inTransaction(session ->
                select(session, query).getResultList().stream().map(convert).toList());
        return Page.of(rows, query.limit(), position);
    }

    private SelectionQuery<E> select(StatelessSession session, ListQuery query) {
        SelectionQuery<E> select = session.createSelectionQuery(hql(query), entity)
                .setParameter("from", query.from())
                .setParameter("to", query.to())
                .setMaxResults(query.limit() + 1);
        if (!query.tickers().isEmpty()) {
            select.setParameterList("tickers", query.tickers());
        }
        query.after()
                .ifPresent(cursor ->
                        select.setParameter("time", cursor.time()).setParameter("key", readKey.apply(cursor.key())));
        return select;
    }

    private String hql(ListQuery query) {
        String order = query.descending() ? " desc" : " asc";
        String beyond = query.descending() ? " < " : " > ";
        return "from " + entity.getName() + " where " + time + " between :from and :to"
                + (query.tickers().isEmpty() ? "" : " and ticker in :tickers")
                + (query.after().isEmpty() ? "" : " and (" + time + ", " + key + ")" + beyond + "(:time, :key)")
                + " order by " + time + order + ", " + key + order;
    }

    private static String ticker(String text) {
        if (!Ticker.isValid(text)) {
            throw Cursor.forged();
        }
        return text;
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Cursor.forged();
        }
    }
}
