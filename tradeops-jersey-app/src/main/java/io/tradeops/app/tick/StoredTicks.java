package io.tradeops.app.tick;

import io.tradeops.app.db.Database;
import io.tradeops.app.feed.wire.FeedMessage.Tick;
import io.tradeops.app.monitor.MonitorStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/** A feed's stored ticks, for a detector to see again: some minutes of them at most, fast. Static functions; thread-safe. */
public final class StoredTicks {

    /** How long the server may take to put some minutes of ticks in order before the first comes. */
    private static final int SORT_MILLIS = 60_000;

    private StoredTicks() {}

    /**
     * Hands over a feed's stored ticks from a time on, and those that may be its, in the order in which they came, in
     * constant memory. Numbers tell that order, unless the feed has begun to count anew: then times have to.
     *
     * @param feed the feed's id
     * @param lastSeq the number of the tick that came last; {@link MonitorStore#NONE} if numbers tell nothing
     * @return whether it is in the order of their numbers
     */
    public static boolean forEachSince(
            Connection connection, int feed, Instant since, long lastSeq, Consumer<Tick> consumer) throws SQLException {
        String where = since(since) + " and (feed = " + feed + " or feed is null)";
        return patiently(connection, patient -> {
            boolean numbered = "t".equals(single(patient, "select coalesce(max(seq), 0) <= " + lastSeq + where));
            copyOut(patient, where + " order by " + (numbered ? "seq" : "occurred_at, seq"), consumer);
            return numbered;
        });
    }

    /**
     * Hands over a feed's ticks with higher numbers than one, in the order of these, in constant memory.
     *
     * @param feed the feed's id
     * @param since the time of the earliest of them, or one before
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

    private static String single(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1);
        }
    }
}
