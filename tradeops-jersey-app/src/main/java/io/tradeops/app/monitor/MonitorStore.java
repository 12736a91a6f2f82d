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
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/** What monitors have seen: ticks, alerts and how far each feed is, always stored together. Thread-safe. */
public final class MonitorStore {

    /** What a feed's position is before it has one. */
    static final long NONE = -1;

    private static final String MOVE_POSITION =
            "update feed_positions set last_seq = ?, slowest_at = ? where feed = ? returning id";

    private static final String FIRST_POSITION =
            "insert into feed_positions (last_seq, slowest_at, feed) values (?, ?, ?) returning id";

    /** Before it was stored the newest of all tickers stood for the slowest. */
    private static final String POSITION = """
            select id, last_seq, coalesce(slowest_at, (select max(occurred_at) from price_ticks))
            from feed_positions where feed = ?
            """;

    /** Also that of a row that no partition takes. */
    private static final String CHECK_VIOLATION = "23514";

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
        return database.withConnection(connection -> Math.max(0, lastSeq(connection, feed)));
    }

    /** The journal of a feed, which one monitor of any process can have at a time. */
    Journal journal(String feed) {
        return new StoredJournal(database, this, feed);
    }

    /** The number of the last tick of a feed that was stored, or {@link #NONE}. */
    static long lastSeq(Connection connection, String feed) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select last_seq from feed_positions where feed = ?")) {
            statement.setString(1, feed);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : NONE;
            }
        }
    }

    /** Hands over what a detector has to see again; see {@link Journal#forEachNewest}. */
    static void forEachNewest(Connection connection, String feed, Duration span, Consumer<Tick> consumer)
            throws SQLException {
        Optional<Position> found = position(connection, feed);
        if (found.isPresent()) {
            Position position = found.get();
            TickRepository.forEachSince(
                    connection, position.id(), position.slowest().minus(span), position.lastSeq(), consumer);
        }
    }

    private record Position(int id, long lastSeq, Instant slowest) {}

    private static Optional<Position> position(Connection connection, String feed) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(POSITION)) {
            statement.setString(1, feed);
            try (ResultSet rows = statement.executeQuery()) {
                boolean isThere = rows.next() && rows.getObject(3) != null;
                return isThere
                        ? Optional.of(new Position(
                                rows.getInt(1),
                                rows.getLong(2),
                                rows.getObject(3, OffsetDateTime.class).toInstant()))
                        : Optional.empty();
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
        try {
            saveOnce(transactions, feed, batch, found, slowestNanos);
        } catch (RuntimeException e) {
            if (!isCheckViolation(e)) {
                throw e;
            }
            ticks.forgetPartitions();
            saveOnce(transactions, feed, batch, found, slowestNanos);
        }
    }

    private static boolean isCheckViolation(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failure && CHECK_VIOLATION.equals(failure.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private void saveOnce(
            Transactions transactions, String feed, List<Tick> batch, List<Alert> found, long slowestNanos) {
        Set<LocalDate> days = ticks.missingPartitions(batch);
        if (!days.isEmpty()) {
            transactions.run(connection -> {
                ticks.createPartitions(connection, days);
                return true;
            });
            ticks.rememberPartitions(days);
        }
        transactions.run(connection -> {
            int id = savePosition(connection, feed, batch.get(batch.size() - 1).seq(), slowestNanos);
            ticks.insert(connection, batch, id);
            alerts.insert(connection, found);
            return true;
        });
    }

    /** Returns the feed's id. */
    private static int savePosition(Connection connection, String feed, long lastSeq, long slowestNanos)
            throws SQLException {
        OptionalInt moved = position(connection, MOVE_POSITION, feed, lastSeq, slowestNanos);
        return moved.isPresent()
                ? moved.getAsInt()
                : position(connection, FIRST_POSITION, feed, lastSeq, slowestNanos)
                        .getAsInt();
    }

    private static OptionalInt position(Connection connection, String sql, String feed, long lastSeq, long slowestNanos)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, lastSeq);
            statement.setObject(2, EpochNanos.toInstant(slowestNanos).atOffset(ZoneOffset.UTC));
            statement.setString(3, feed);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
            }
        }
    }
}
