package io.tradeops.app.monitor;

import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.db.Database;
import io.tradeops.app.db.DatabaseUnavailableException;
import io.tradeops.app.db.LockedSession;
import io.tradeops.app.db.Row;
import io.tradeops.app.db.Sql;
import io.tradeops.app.tick.StoredTicks;
import io.tradeops.app.tick.TickRepository;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.Tick;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The journal of a feed in PostgreSQL: ticks, alerts, offset and detector snapshot are stored in one transaction. The
 * session that stores them holds the feed's lock, so a monitor that has lost the lock can't store. Not thread-safe.
 */
public final class PostgresJournal implements Journal {

    /**
     * Selects no snapshot if an evaluated tick after it is from long ago, because all ticks since that time would have
     * to be read. Nor if the feed has restarted its sequence since then, because sequence numbers would not order the
     * ticks.
     */
    private static final String SNAPSHOT = """
            select snapshot, detector_snapshots.last_seq, tail_from
            from detector_snapshots join feed_offsets on feed_offsets.id = detector_snapshots.feed
            where feed_offsets.feed = ? and tail_from >= slowest_at - ? * interval '1 millisecond'
                and (restarted_at is null or tail_from > restarted_at) and octet_length(snapshot) <= ?
            """;

    private static final int LARGEST_SNAPSHOT_BYTES = 1 << 26;

    private static final String LAST_MOVES = """
            select ticker, rule, max(trigger_timestamp) as moved_at from alerts
            where trigger_timestamp >= ? and trigger_timestamp < ? group by ticker, rule
            """;

    private static final String SAVE_SNAPSHOT = """
            insert into detector_snapshots (feed, last_seq, snapshot) values (?, ?, ?)
            on conflict (feed) do update set last_seq = excluded.last_seq, snapshot = excluded.snapshot
            """;

    /** PostgreSQL reports a row that fits no partition with this SQL state, too. */
    private static final String CHECK_VIOLATION = "23514";

    private final Database database;
    private final TickRepository ticks;
    private final AlertRepository alerts;
    private final String feed;
    private @Nullable LockedSession session;

    /** Creates the journal of a feed, without acquiring it. */
    public PostgresJournal(Database database, TickRepository ticks, AlertRepository alerts, String feed) {
        this.database = database;
        this.ticks = ticks;
        this.alerts = alerts;
        this.feed = feed;
    }

    @Override
    public boolean acquire() {
        if (!isOwned()) {
            close();
            session = database.tryLock("monitor of " + feed).orElse(null);
        }
        return isOwned();
    }

    @Override
    public boolean isOwned() {
        return session != null && session.isHeld();
    }

    @Override
    public LastStored lastStored() {
        return session().inTransaction(connection -> FeedOffsets.lastStored(connection, feed));
    }

    @Override
    public OptionalLong restartNanos() {
        Optional<Instant> restarted = offset().flatMap(FeedOffsets.Offset::restarted);
        return restarted.isPresent() ? OptionalLong.of(EpochNanos.of(restarted.get())) : OptionalLong.empty();
    }

    @Override
    public Map<String, Map<String, Long>> lastMoves(Duration span, Duration cooldown) {
        Map<String, Map<String, Long>> moves = new HashMap<>();
        Optional<FeedOffsets.Offset> offset = offset();
        if (offset.isEmpty() || cooldown.isZero()) {
            return moves;
        }
        Instant end = offset.get().slowest().minus(span);
        session().inTransaction(connection -> {
            Sql.forEach(connection, LAST_MOVES, 0, row -> addMove(moves, row), end.minus(cooldown), end);
            return true;
        });
        return moves;
    }

    private static void addMove(Map<String, Map<String, Long>> moves, Row row) throws SQLException {
        moves.computeIfAbsent(row.text("ticker"), ticker -> new HashMap<>())
                .put(row.text("rule"), EpochNanos.of(row.instant("moved_at")));
    }

    @Override
    public Optional<StoredSnapshot> snapshot(Duration span) {
        return session()
                .inTransaction(connection -> Sql.first(
                        connection,
                        SNAPSHOT,
                        row -> new StoredSnapshot(
                                ByteBuffer.wrap(row.bytes("snapshot")),
                                row.number("last_seq"),
                                EpochNanos.of(row.instant("tail_from"))),
                        feed,
                        span.toMillis(),
                        LARGEST_SNAPSHOT_BYTES));
    }

    @Override
    public void forEachAfter(StoredSnapshot snapshot, Consumer<Tick> consumer) {
        Instant since = EpochNanos.toInstant(snapshot.earliestNanos());
        offset().ifPresent(offset -> session().inTransaction(connection -> {
            StoredTicks.forEachAfter(connection, offset.id(), since, snapshot.seq(), consumer);
            return true;
        }));
    }

    @Override
    public boolean forEachNewest(Duration span, Consumer<Tick> consumer) {
        Optional<FeedOffsets.Offset> found = offset();
        if (found.isEmpty()) {
            return true;
        }
        FeedOffsets.Offset offset = found.get();
        Instant since = offset.slowest().minus(span);
        boolean ofOneSequence =
                offset.restarted().isEmpty() || since.isAfter(offset.restarted().get());
        OptionalLong lastSeq = ofOneSequence ? OptionalLong.of(offset.lastSeq()) : OptionalLong.empty();
        return session()
                .inTransaction(
                        connection -> StoredTicks.forEachSince(connection, offset.id(), since, lastSeq, consumer));
    }

    @Override
    public void save(Batch batch) {
        try {
            saveOnce(batch);
        } catch (RuntimeException e) {
            if (!isCheckViolation(e)) {
                throw e;
            }
            ticks.forgetPartitions();
            saveOnce(batch);
        }
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    private void saveOnce(Batch batch) {
        createMissingPartitions(batch);
        session().inTransaction(connection -> {
            int id = FeedOffsets.save(connection, feed, batch);
            ticks.insert(connection, batch.ticks(), id);
            alerts.insert(connection, batch.alerts());
            Optional<byte[]> snapshot = batch.checkpoint().snapshot();
            if (snapshot.isPresent()) {
                Sql.update(connection, SAVE_SNAPSHOT, id, batch.lastSeq(), snapshot.get());
            }
            return true;
        });
    }

    private void createMissingPartitions(Batch batch) {
        Set<LocalDate> days = ticks.missingPartitions(batch.ticks());
        if (!days.isEmpty()) {
            session().inTransaction(connection -> {
                ticks.createPartitions(connection, days);
                return true;
            });
            ticks.rememberPartitions(days);
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

    private Optional<FeedOffsets.Offset> offset() {
        return session().inTransaction(connection -> FeedOffsets.find(connection, feed));
    }

    private LockedSession session() {
        if (session == null) {
            throw new DatabaseUnavailableException("no session holds the monitor's lock", new IllegalStateException());
        }
        return session;
    }
}
