package io.tradeops.app.tick;

import io.tradeops.app.db.Database;
import io.tradeops.app.db.Sql;
import io.tradeops.core.trade.Tick;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/** Reads some minutes of a feed's stored ticks, fast, so that a detector can be rebuilt. Static functions; thread-safe. */
public final class StoredTicks {

    /** How long the server may take to put some minutes of ticks in order before the first comes. */
    private static final int SORT_MILLIS = 60_000;

    private StoredTicks() {}

    /**
     * Hands over a feed's stored ticks from a time on, and those that may be of the feed, in the order in which they came,
     * in constant memory. That is the order of their sequence numbers, unless the feed has restarted its sequence: then it
     * is the order of their times.
     *
     * @param feed the feed's id
     * @param lastSeq the sequence number of the tick that came last; empty if the ticks are of more than one sequence
     * @return whether the ticks came in the order of their sequence numbers
     */
    public static boolean forEachSince(
            Connection connection, int feed, Instant since, OptionalLong lastSeq, Consumer<Tick> consumer)
            throws SQLException {
        String where = since(since) + " and (feed = " + feed + " or feed is null)";
        return patiently(connection, patient -> {
            boolean numbered = lastSeq.isPresent() && isNewest(patient, lastSeq.getAsLong(), where);
            copyOut(patient, where + " order by " + (numbered ? "seq" : "occurred_at, seq"), consumer);
            return numbered;
        });
    }

    /**
     * Hands over a feed's ticks after a sequence number, in the order of their numbers, in constant memory.
     *
     * @param feed the feed's id
     * @param since the time of the earliest of them, or a time before
     */
    public static void forEachAfter(Connection connection, int feed, Instant since, long seq, Consumer<Tick> consumer)
            throws SQLException {
        String where = since(since) + " and feed = " + feed + " and seq > " + seq;
        patiently(connection, patient -> {
            copyOut(patient, where + " order by seq", consumer);
            return true;
        });
    }

    private static <T> T patiently(Connection connection, Database.JdbcWork<T> work) throws SQLException {
        int usual = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, SORT_MILLIS);
        T result = work.execute(connection);
        connection.setNetworkTimeout(Runnable::run, usual); // after a failure it is of no use anyway
        return result;
    }

    private static String since(Instant since) {
        return " from price_ticks where occurred_at >= timestamptz '" + since + "'";
    }

    private static void copyOut(Connection connection, String from, Consumer<Tick> consumer) throws SQLException {
        String copy = "copy (select " + TickRepository.COLUMNS + from + ") to stdout (format binary)";
        try (InputStream rows = new PGCopyInputStream(connection.unwrap(PGConnection.class), copy)) {
            BinaryTicks.decode(new BufferedInputStream(rows, TickRepository.COPY_BUFFER), consumer);
        } catch (IOException e) {
            throw e.getCause() instanceof SQLException failure ? failure : new SQLException(e);
        }
    }

    private static boolean isNewest(Connection connection, long lastSeq, String where) throws SQLException {
        String sql = "select coalesce(max(seq), 0) <= " + lastSeq + " as is_newest" + where;
        return Sql.single(connection, sql, row -> row.flag("is_newest"));
    }
}
