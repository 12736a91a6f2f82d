package io.tradeops.app.monitor;

import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.db.Database;
import io.tradeops.app.feed.wire.FeedMessage.Tick;
import io.tradeops.app.tick.StoredTicks;
import io.tradeops.app.tick.TickRepository;
import io.tradeops.core.trade.EpochNanos;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** What monitors have seen: ticks, alerts and how far each feed is, always stored together. Thread-safe. */
public final class MonitorStore {

    /** What a feed's position is before it has one. */
    static final long NONE = -1;

    private static final String MOVE_POSITION =
            "update feed_positions set last_seq = ?, slowest_at = ?, tail_from = ?, anew_at = ?"
                    + " where feed = ? returning id";

    private static final String FIRST_POSITION =
            "insert into feed_positions (last_seq, slowest_at, tail_from, anew_at, feed) values (?, ?, ?, ?, ?)"
                    + " returning id";

    /** Before it was stored the newest of all tickers stood for the slowest. */
    private static final String POSITION = """
            select id, last_seq, coalesce(slowest_at, (select max(occurred_at) from price_ticks)), anew_at
            from feed_positions where feed = ?
            """;

    /** A tick from long before would be a reason to read all that came since; numbers tell nothing across a counting. */
    private static final String KEPT = """
            select memory, monitor_memories.last_seq, tail_from
            from monitor_memories join feed_positions on feed_positions.id = monitor_memories.feed
            where feed_positions.feed = ? and tail_from >= slowest_at - ? * interval '1 millisecond'
                and (anew_at is null or tail_from > anew_at) and octet_length(memory) <= ?
            """;

    private static final int MOST_BYTES = 1 << 26;

    private static final String LAST_MOVES = """
            select ticker, rule, max(trigger_timestamp) from alerts
            where trigger_timestamp >= ? and trigger_timestamp < ? group by ticker, rule
            """;

    private static final String KEEP = """
            insert into monitor_memories (feed, last_seq, memory) values (?, ?, ?)
            on conflict (feed) do update set last_seq = excluded.last_seq, memory = excluded.memory
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

    /** See {@link Journal#kept}. */
    static Optional<Journal.Kept> kept(Connection connection, String feed, Duration span) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEPT)) {
            statement.setString(1, feed);
            statement.setLong(2, span.toMillis());
            statement.setInt(3, MOST_BYTES);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Journal.Kept(
                                ByteBuffer.wrap(rows.getBytes(1)), rows.getLong(2), EpochNanos.of(instant(rows, 3))))
                        : Optional.empty();
            }
        }
    }

    /** See {@link Journal#forEachAfter}. */
    static void forEachAfter(Connection connection, String feed, Journal.Kept kept, Consumer<Tick> consumer)
            throws SQLException {
        Optional<Position> found = position(connection, feed);
        if (found.isPresent()) {
            Instant since = EpochNanos.toInstant(kept.earliestNanos());
            StoredTicks.forEachAfter(connection, found.get().id(), since, kept.seq(), consumer);
        }
    }

    /** Hands over what a detector has to see again; see {@link Journal#forEachNewest}. */
    static boolean forEachNewest(Connection connection, String feed, Duration span, Consumer<Tick> consumer)
            throws SQLException {
        Optional<Position> found = position(connection, feed);
        if (found.isEmpty()) {
            return true;
        }
        Position position = found.get();
        Instant since = position.slowest().minus(span);
        boolean isOneCounting =
                position.anew().isEmpty() || since.isAfter(position.anew().get());
        return StoredTicks.forEachSince(
                connection, position.id(), since, isOneCounting ? position.lastSeq() : NONE, consumer);
    }

    /** See {@link Journal#anewNanos}. */
    static OptionalLong anewNanos(Connection connection, String feed) throws SQLException {
        Optional<Instant> anew = position(connection, feed).flatMap(Position::anew);
        return anew.isPresent() ? OptionalLong.of(EpochNanos.of(anew.get())) : OptionalLong.empty();
    }

    /** See {@link Journal#lastMoves}. */
    static Map<String, Map<String, Long>> lastMoves(
            Connection connection, String feed, Duration span, Duration cooldown) throws SQLException {
        Map<String, Map<String, Long>> moves = new HashMap<>();
        Optional<Position> position = position(connection, feed);
        if (position.isEmpty() || cooldown.isZero()) {
            return moves;
        }
        Instant end = position.get().slowest().minus(span);
        try (PreparedStatement statement = connection.prepareStatement(LAST_MOVES)) {
            statement.setObject(1, end.minus(cooldown).atOffset(ZoneOffset.UTC));
            statement.setObject(2, end.atOffset(ZoneOffset.UTC));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    moves.computeIfAbsent(rows.getString(1), ticker -> new HashMap<>())
                            .put(rows.getString(2), EpochNanos.of(instant(rows, 3)));
                }
            }
        }
        return moves;
    }

    private record Position(int id, long lastSeq, Instant slowest, Optional<Instant> anew) {}

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Optional<Position> position(Connection connection, String feed) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(POSITION)) {
            statement.setString(1, feed);
            try (ResultSet rows = statement.executeQuery()) {
                boolean isThere = rows.next() && rows.getObject(3) != null;
                return isThere
                        ? Optional.of(new Position(
                                rows.getInt(1),
                                rows.getLong(2),
                                instant(rows, 3),
                                Optional.ofNullable(rows.getObject(4, OffsetDateTime.class))
                                        .map(OffsetDateTime::toInstant)))
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
    void save(Transactions transactions, String feed, Batch batch) {
        try {
            saveOnce(transactions, feed, batch);
        } catch (RuntimeException e) {
            if (!isCheckViolation(e)) {
                throw e;
            }
            ticks.forgetPartitions();
            saveOnce(transactions, feed, batch);
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

    private void saveOnce(Transactions transactions, String feed, Batch batch) {
        Set<LocalDate> days = ticks.missingPartitions(batch.ticks());
        if (!days.isEmpty()) {
            transactions.run(connection -> {
                ticks.createPartitions(connection, days);
                return true;
            });
            ticks.rememberPartitions(days);
        }
        transactions.run(connection -> {
            int id = savePosition(connection, feed, batch);
            ticks.insert(connection, batch.ticks(), id);
            alerts.insert(connection, batch.alerts());
            if (batch.checkpoint().memory().isPresent()) {
                keep(
                        connection,
                        id,
                        batch.lastSeq(),
                        batch.checkpoint().memory().get());
            }
            return true;
        });
    }

    private static void keep(Connection connection, int feed, long lastSeq, byte[] memory) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
            statement.setInt(1, feed);
            statement.setLong(2, lastSeq);
            statement.setBytes(3, memory);
            statement.executeUpdate();
        }
    }

    /** Returns the feed's id. */
    private static int savePosition(Connection connection, String feed, Batch batch) throws SQLException {
        OptionalInt moved = position(connection, MOVE_POSITION, feed, batch);
        return moved.isPresent()
                ? moved.getAsInt()
                : position(connection, FIRST_POSITION, feed, batch).getAsInt();
    }

    private static OptionalInt position(Connection connection, String sql, String feed, Batch batch)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, batch.lastSeq());
            statement.setObject(2, utc(batch.slowestNanos()));
            setTime(statement, 3, batch.checkpoint().earliestNanos());
            setTime(statement, 4, batch.checkpoint().anewNanos());
            statement.setString(5, feed);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
            }
        }
    }

    private static void setTime(PreparedStatement statement, int index, OptionalLong epochNanos) throws SQLException {
        statement.setObject(
                index, epochNanos.isPresent() ? utc(epochNanos.getAsLong()) : null, Types.TIMESTAMP_WITH_TIMEZONE);
    }

    private static OffsetDateTime utc(long epochNanos) {
        return EpochNanos.toInstant(epochNanos).atOffset(ZoneOffset.UTC);
    }
}
