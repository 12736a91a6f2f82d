package io.tradeops.app.monitor;

import io.tradeops.app.alert.Alert;
import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.db.Database;
import io.tradeops.app.feed.FeedMessage.Tick;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** What the monitor has seen: ticks, alerts and how far it is, always stored together. Thread-safe. */
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
        return database.withConnection(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("select last_seq from feed_positions where feed = ?")) {
                statement.setString(1, feed);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? rows.getLong(1) : 0L;
                }
            }
        });
    }

    /** Stores a batch in one transaction: all of it or nothing. */
    void save(String feed, List<Tick> batch, List<Alert> found) {
        ticks.preparePartitions(batch);
        database.withConnection(connection -> {
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
