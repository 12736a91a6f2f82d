package io.tradeops.app.trade;

import io.tradeops.app.db.Database;
import io.tradeops.app.rest.ListQuery;
import io.tradeops.app.rest.Page;
import io.tradeops.jobs.daily.TradeHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Trades in PostgreSQL. Thread-safe. */
public final class TradeRepository implements TradeHistory {

    private static final int FETCH_SIZE = 1_000;

    private final Database database;

    /** Trades of a database. */
    public TradeRepository(Database database) {
        this.database = database;
    }

    /** The classes that are mapped. */
    public static List<Class<?>> entities() {
        return List.of(TradeEntity.class);
    }

    /** Where they are. */
    Database database() {
        return database;
    }

    /** A trade by id. */
    Optional<StoredTrade> find(UUID id) {
        return database.inTransaction(session ->
                Optional.ofNullable(session.get(TradeEntity.class, id)).map(TradeEntity::toStoredTrade));
    }

    /** A page of trades by (timestamp, id). */
    Page<StoredTrade> page(ListQuery query) {
        TradeSelect select = new TradeSelect(query);
        List<StoredTrade> rows = database.query(connection -> select.rows(connection, query.limit() + 1));
        return Page.of(rows, query.limit(), TradeSelect::place);
    }

    @Override
    public List<LocalDate> daysBefore(LocalDate day) {
        return database.withConnection(connection -> {
            // a loose index scan: one look-up per day, however many trades a day has
            String sql = """
                    with recursive days(day) as (
                        select (min(executed_at) at time zone 'UTC')::date from trades
                        union all
                        select (select (min(executed_at) at time zone 'UTC')::date from trades
                                where executed_at >= (days.day + 1)::timestamp at time zone 'UTC')
                        from days where days.day is not null)
                    select day from days where day < ? order by day
                    """;
            try (var statement = connection.prepareStatement(sql)) {
                statement.setObject(1, day);
                List<LocalDate> days = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        days.add(rows.getObject(1, LocalDate.class));
                    }
                }
                return days;
            }
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
        return database.query(connection -> {
            String sql = "select exists (select from trades where executed_at >= ? and executed_at < ?)";
            try (var statement = connection.prepareStatement(sql)) {
                statement.setObject(1, start(day).atOffset(ZoneOffset.UTC));
                statement.setObject(2, start(day.plusDays(1)).atOffset(ZoneOffset.UTC));
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    return rows.getBoolean(1);
                }
            }
        });
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
