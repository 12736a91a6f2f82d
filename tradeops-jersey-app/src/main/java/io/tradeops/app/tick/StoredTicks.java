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

/** Reads some minutes of a feed's stored ticks fast, to rebuild a detector. Static functions; thread-safe. */
public final class StoredTicks {

    /** How long the server may take to sort some minutes of ticks before it sends the first. */
    private static final int SORT_MILLIS = 60_000;

    private StoredTicks() {}

    /**
     * Passes a feed's stored ticks from a time on to a consumer, in constant memory. Ticks without a feed may be of
     * this one and are included. The order is that in which the ticks arrived: by sequence number, or by time if the
     * feed restarted its sequence meanwhile.
     *
     * @param feed the feed's id
     * @param since the earliest time, inclusive
     * @param lastSeq the sequence number of the tick that arrived last; empty if the ticks are of several sequences
     * @return whether the ticks are ordered by sequence number
     */
    public static boolean forEachSince(
            Connection connection, int feed, Instant since, OptionalLong lastSeq, Consumer<Tick> consumer)
            throws SQLException {
        String where = since(since) + " and (feed = " + feed + " or feed is null)";
        return withSortTimeout(connection, patient -> {
            boolean ordered = lastSeq.isPresent() && isNewest(patient, lastSeq.getAsLong(), where);
            copyOut(patient, where + " order by " + (ordered ? "seq" : "occurred_at, seq"), consumer);
            return ordered;
        });
    }

    /**
     * Passes a feed's stored ticks after a sequence number to a consumer, ordered by number, in constant memory.
     *
     * @param feed the feed's id
     * @param since a time that is not after the earliest of these ticks
     * @param seq the sequence number, exclusive
     */
    public static void forEachAfter(Connection connection, int feed, Instant since, long seq, Consumer<Tick> consumer)
            throws SQLException {
        String where = since(since) + " and feed = " + feed + " and seq > " + seq;
        withSortTimeout(connection, patient -> {
            copyOut(patient, where + " order by seq", consumer);
            return true;
        });
    }

    private static <T> T withSortTimeout(Connection connection, Database.JdbcWork<T> work) throws SQLException {
        int usual = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, SORT_MILLIS);
        T result = work.execute(connection);
        connection.setNetworkTimeout(Runnable::run, usual); // after a failure the connection is of no use
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
