package io.tradeops.app.trade;

import io.tradeops.app.db.Database;
import io.tradeops.app.db.Sql;
import io.tradeops.app.rest.ListQuery;
import io.tradeops.app.rest.Page;
import io.tradeops.jobs.daily.TradeHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Trades in PostgreSQL. Thread-safe. */
public final class TradeRepository implements TradeHistory {

    private static final int FETCH_SIZE = 1_000;

    private final Database database;

    /** The trades in a database. */
    public TradeRepository(Database database) {
        this.database = database;
    }

    /** The mapped classes. */
    public static List<Class<?>> entities() {
        return List.of(TradeEntity.class);
    }

    /** The database that holds them. */
    Database database() {
        return database;
    }

    /** The trade with an id; empty if there is none. */
    Optional<StoredTrade> find(UUID id) {
        return database.inTransaction(session ->
                Optional.ofNullable(session.get(TradeEntity.class, id)).map(TradeEntity::toStoredTrade));
    }

    /** A page of trades, ordered by (timestamp, id). */
    Page<StoredTrade> page(ListQuery query) {
        TradeSelect select = new TradeSelect(query);
        List<StoredTrade> rows = database.query(connection -> select.rows(connection, query.limit() + 1));
        return Page.of(rows, query.limit(), TradeSelect::cursor);
    }

    @Override
    public List<LocalDate> daysBefore(LocalDate day) {
        return database.withConnection(connection -> {
            // a loose index scan: one look-up per day, for any number of trades
            String sql = """
                    with recursive days(day) as (
                        select (min(executed_at) at time zone 'UTC')::date from trades
                        union all
                        select (select (min(executed_at) at time zone 'UTC')::date from trades
                                where executed_at >= (days.day + 1)::timestamp at time zone 'UTC')
                        from days where days.day is not null)
                    select day from days where day < ? order by day
                    """;
            return Sql.list(connection, sql, row -> row.date("day"), day);
        });
    }

    @Override
    public long count(LocalDate day) {
        return database.inTransaction(session -> session.createSelectionQuery(
                        "select count(*) from TradeEntity where executedAt >= :from and executedAt < :to", Long.class)
                .setParameter("from", start(day))
                .setParameter("to", start(day.plusDays(1)))
                .getSingleResult());
    }

    @Override
    public boolean hasTrades(LocalDate day) {
        String sql = "select exists (select from trades where executed_at >= ? and executed_at < ?) as has_trades";
        return database.query(connection ->
                Sql.single(connection, sql, row -> row.flag("has_trades"), start(day), start(day.plusDays(1))));
    }

    @Override
    public void forEachTrade(LocalDate day, TradeConsumer consumer) throws IOException {
        try {
            database.inTransaction(session -> {
                try (var trades = session.createSelectionQuery(
                                "from TradeEntity where executedAt >= :from and executedAt < :to order by executedAt, id",
                                TradeEntity.class)
                        .setParameter("from", start(day))
                        .setParameter("to", start(day.plusDays(1)))
                        .setFetchSize(FETCH_SIZE)
                        .getResultStream()) {
                    trades.map(TradeEntity::toStoredTrade).forEach(stored -> accept(consumer, stored));
                }
                return true;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static void accept(TradeConsumer consumer, StoredTrade stored) {
        try {
            consumer.accept(stored.id(), stored.trade());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
