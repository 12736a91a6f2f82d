package io.tradeops.app.rest;

import io.tradeops.app.db.Database;
import io.tradeops.core.trade.Ticker;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.StatelessSession;
import org.hibernate.query.SelectionQuery;

/**
 * Pages through the rows of an entity that has a ticker, ordered by (time, key), which are unique together: the next
 * page begins after the last row's place, so no row is skipped or repeated while others are inserted. Thread-safe.
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

    /** Rows by a time and a UUID. */
    public static <E> KeysetQuery<E> byTimeAndId(Class<E> entity, String time, String id) {
        return new KeysetQuery<>(entity, time, id, KeysetQuery::uuid);
    }

    /** Rows by a time and the ticker. */
    public static <E> KeysetQuery<E> byTimeAndTicker(Class<E> entity, String time) {
        return new KeysetQuery<>(entity, time, "ticker", KeysetQuery::ticker);
    }

    /** Reads a page.
     *
     * @param convert makes a result of a row
     * @param place the result's place in the order
     * @throws ProblemException 400 if the query's cursor is forged */
    public <T> Page<T> page(Database database, ListQuery query, Function<E, T> convert, Function<T, Cursor> place) {
        List<T> rows = database.inTransaction(session ->
                select(session, query).getResultList().stream().map(convert).toList());
        return Page.of(rows, query.limit(), place);
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
