package io.tradeops.app.monitor;

import io.tradeops.app.db.Database;
import io.tradeops.app.db.Row;
import io.tradeops.app.db.Sql;
import io.tradeops.core.trade.EpochNanos;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The offset of each feed: the last stored sequence number, and what else a monitor needs to resume. This is the table
 * {@code feed_offsets}, which nothing else writes. Thread-safe.
 */
public final class FeedOffsets {

    /**
     * The number of sequence numbers that {@link #reserve} skips. A feed never has as many ticks that are not stored.
     */
    public static final long BLOCK = 1_000_000_000;

    private static final String LAST_SEQ = "select last_seq from feed_offsets where feed = ?";

    private static final String RESERVE = """
            insert into feed_offsets (feed, last_seq) values (?, 0)
            on conflict (feed) do update set last_seq = feed_offsets.last_seq + ? returning last_seq
            """;

    private static final String MOVE =
            "update feed_offsets set last_seq = ?, slowest_at = ?, tail_from = ?, restarted_at = ?"
                    + " where feed = ? returning id";

    private static final String INSERT =
            "insert into feed_offsets (last_seq, slowest_at, tail_from, restarted_at, feed) values (?, ?, ?, ?, ?)"
                    + " returning id";

    /** Older rows have no time of the slowest ticker; the newest tick of all replaces it. */
    private static final String FIND = """
            select id, last_seq, coalesce(slowest_at, (select max(occurred_at) from price_ticks)) as slowest_at,
                   restarted_at
            from feed_offsets where feed = ?
            """;

    private final Database database;

    /** Creates the repository of the offsets in a database. */
    public FeedOffsets(Database database) {
        this.database = database;
    }

    /**
     * The offset of a feed.
     *
     * @param id the feed's id in other tables
     * @param lastSeq the sequence number of the last stored tick
     * @param slowest the newest time of the ticker that is furthest behind
     * @param restarted the newest time of the ticks before the feed last restarted its sequence; empty if it never has
     */
    record Offset(int id, long lastSeq, Instant slowest, Optional<Instant> restarted) {}

    /** The sequence number of the last stored tick of a feed; 0 if none is stored. */
    public long lastSeq(String feed) {
        return database.withConnection(
                connection -> lastStored(connection, feed).orZero());
    }

    /**
     * Skips every sequence number that may have been published but not stored, unless the feed was never published. A
     * publisher calls this before it starts to publish.
     *
     * @return the sequence number before the first free one
     */
    public long reserve(String feed) {
        return database.withConnection(
                connection -> Sql.single(connection, RESERVE, row -> row.number("last_seq"), feed, BLOCK));
    }

    static LastStored lastStored(Connection connection, String feed) throws SQLException {
        Optional<LastStored> found =
                Sql.first(connection, LAST_SEQ, row -> new LastStored.Seq(row.number("last_seq")), feed);
        return found.orElseGet(LastStored.None::new);
    }

    /** The offset of a feed; empty if none of its ticks is stored. */
    static Optional<Offset> find(Connection connection, String feed) throws SQLException {
        return Sql.first(connection, FIND, FeedOffsets::read, feed).flatMap(found -> found);
    }

    private static Optional<Offset> read(Row row) throws SQLException {
        int id = (int) row.number("id");
        long lastSeq = row.number("last_seq");
        Optional<Instant> restarted = row.optionalInstant("restarted_at");
        return row.optionalInstant("slowest_at").map(slowest -> new Offset(id, lastSeq, slowest, restarted));
    }

    /** Stores the offset of a feed after a batch.
     *
     * @return the feed's id */
    static int save(Connection connection, String feed, Batch batch) throws SQLException {
        Optional<Integer> moved = write(connection, MOVE, feed, batch);
        return moved.isPresent()
                ? moved.get()
                : write(connection, INSERT, feed, batch).orElseThrow();
    }

    private static Optional<Integer> write(Connection connection, String sql, String feed, Batch batch)
            throws SQLException {
        return Sql.first(
                connection,
                sql,
                row -> (int) row.number("id"),
                batch.lastSeq(),
                EpochNanos.toInstant(batch.slowestNanos()),
                instant(batch.checkpoint().earliestNanos()),
                instant(batch.checkpoint().restartNanos()),
                feed);
    }

    private static Optional<Instant> instant(OptionalLong epochNanos) {
        return epochNanos.isPresent() ? Optional.of(EpochNanos.toInstant(epochNanos.getAsLong())) : Optional.empty();
    }
}
