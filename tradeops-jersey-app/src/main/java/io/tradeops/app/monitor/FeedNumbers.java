package io.tradeops.app.monitor;

import io.tradeops.app.db.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;

/**
 * The numbers of a feed that has no memory but its position in the database, which says what is stored and not what was
 * published beyond. Thread-safe.
 */
public final class FeedNumbers {

    /** How many are passed over when the counting goes on; more than are published and never stored. */
    public static final long BLOCK = 1_000_000_000;

    private static final String RESERVE = """
            insert into feed_positions (feed, last_seq) values (?, 0)
            on conflict (feed) do update set last_seq = feed_positions.last_seq + ? returning last_seq
            """;

    private final Database database;
    private final String feed;

    /** The numbers of a feed by its name. */
    public FeedNumbers(Database database, String feed) {
        this.database = database;
        this.feed = feed;
    }

    /** The last number that is stored or passed over; 0 if none is. */
    public long last() {
        return database.withConnection(connection -> Math.max(0, MonitorStore.lastSeq(connection, feed)));
    }

    /**
     * Passes over whatever may have been published, save when nothing ever was. To be called by who publishes, before it
     * does.
     *
     * @return the number before the first that is free
     */
    public long reserve() {
        return database.withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(RESERVE)) {
                statement.setString(1, feed);
                statement.setLong(2, BLOCK);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    return rows.getLong(1);
                }
            }
        });
    }
}
