package io.tradeops.app.monitor;

import io.tradeops.app.alert.Alert;
import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.db.Database;
import io.tradeops.app.feed.FeedMessage.Tick;
import io.tradeops.core.trade.EpochNanos;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What monitors have seen: ticks, alerts and how far each feed is, always stored together. Thread-safe. */
public final class MonitorStore {

    private static final String SAVE_POSITION = """
            insert into feed_positions (feed, last_seq, slowest_at) values (?, ?, ?)
            on conflict (feed) do update set last_seq = excluded.last_seq, slowest_at = excluded.slowest_at
            """;

    private static final String SLOWEST = """
            select coalesce((select slowest_at from feed_positions where feed = ?),
                (select max(occurred_at) from price_ticks))
            """;

    private final Database database;
    private final TickRepository ticks;
    private final AlertRepository alerts;

    /** A store over a database. */
    public MonitorStore(Database database, TickRepository ticks, AlertRepository alerts) {
        this.database = database;
        this.ticks = ticks;
        this.alerts = alerts;
    }

    /** The number of the last tick of a feed that was stored; 0 if none was. */
    public long lastSeq(String feed) {
        return database.withConnection(connection -> lastSeq(connection, feed));
    }

    /** The journal of a feed, which one monitor of any process can have at a time. */
    Journal journal(String feed) {
        return new StoredJournal(database, this, feed);
    }

    static long lastSeq(Connection connection, String feed) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select last_seq from feed_positions where feed = ?")) {
            statement.setString(1, feed);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    /** Hands over what a detector has to see again; see {@link Journal#forEachNewest}. */
    static void forEachNewest(Connection connection, String feed, Duration span, Consumer<Tick> consumer)
            throws SQLException {
        Optional<Instant> slowest = slowestTime(connection, feed);
        if (slowest.isPresent()) {
            TickRepository.forEachSince(connection, slowest.get().minus(span), lastSeq(connection, feed), consumer);
        }
    }

    /** Before it was stored the newest of all tickers stood for it. */
    private static Optional<Instant> slowestTime(Connection connection, String feed) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SLOWEST)) {
            statement.setString(1, feed);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return Optional.ofNullable(rows.getObject(1, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant);
            }
        }
    }

    /** Runs work in a transaction. */
    interface Transactions {

        /** Runs it and commits. */
        <T> T run(Database.JdbcWork<T> work);
    }

    /** Stores a batch in one transaction: all of it or nothing. */
    void save(Transactions transactions, String feed, List<Tick> batch, List<Alert> found, long slowestNanos) {
        Set<LocalDate> days = ticks.missingPartitions(batch);
        if (!days.isEmpty()) {
            transactions.run(connection -> {
                ticks.createPartitions(connection, days);
                return true;
            });
            ticks.rememberPartitions(days);
        }
        transactions.run(connection -> {
            ticks.insert(connection, batch);
            alerts.insert(connection, found);
            savePosition(connection, feed, batch.get(batch.size() - 1).seq(), slowestNanos);
            return true;
        });
    }

    private static void savePosition(Connection connection, String feed, long lastSeq, long slowestNanos)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SAVE_POSITION)) {
            statement.setString(1, feed);
            statement.setLong(2, lastSeq);
            statement.setObject(3, EpochNanos.toInstant(slowestNanos).atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }
}
