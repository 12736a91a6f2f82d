package io.tradeops.app.monitor;

import io.tradeops.app.alert.Alert;
import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.db.Database;
import io.tradeops.app.feed.FeedMessage.Tick;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** What monitors have seen: ticks, alerts and how far each feed is, always stored together. Thread-safe. */
public final class MonitorStore {

    private static final String SAVE_POSITION = """
            insert into feed_positions (feed, last_seq) values (?, ?)
            on conflict (feed) do update set last_seq = excluded.last_seq
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

    /** Runs work in a transaction. */
    interface Transactions {

        /** Runs it and commits. */
        <T> T run(Database.JdbcWork<T> work);
    }

    /** Stores a batch in one transaction: all of it or nothing. */
    void save(Transactions transactions, String feed, List<Tick> batch, List<Alert> found) {
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
            savePosition(connection, feed, batch.get(batch.size() - 1).seq());
            return true;
        });
    }

    private static void savePosition(Connection connection, String feed, long lastSeq) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SAVE_POSITION)) {
            statement.setString(1, feed);
            statement.setLong(2, lastSeq);
            statement.executeUpdate();
        }
    }
}
