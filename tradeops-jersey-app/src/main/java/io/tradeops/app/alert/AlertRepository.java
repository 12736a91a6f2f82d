package io.tradeops.app.alert;

import io.tradeops.app.db.Database;
import io.tradeops.app.http.Cursor;
import io.tradeops.app.http.KeysetQuery;
import io.tradeops.app.http.ListQuery;
import io.tradeops.app.http.Page;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Alerts in PostgreSQL. Thread-safe. */
public final class AlertRepository {

    private static final String INSERT = """
            insert into alerts (id, ticker, rule, change_percent, reference_price, reference_timestamp, reference_seq,
                                trigger_price, trigger_timestamp, trigger_seq, delivery)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """;

    private static final KeysetQuery<AlertEntity> PAGES =
            KeysetQuery.byTimeAndId(AlertEntity.class, "triggerTimestamp", "id");

    private final Database database;
    private final boolean delivered;

    /** Alerts of a database, which are pushed nowhere. */
    public AlertRepository(Database database) {
        this(database, false);
    }

    /** Alerts of a database.
     *
     * @param delivered whether those that are stored from now on are to be pushed, see {@link AlertDeliveries} */
    public AlertRepository(Database database, boolean delivered) {
        this.database = database;
        this.delivered = delivered;
    }

    /** The classes that are mapped. */
    public static List<Class<?>> entities() {
        return List.of(AlertEntity.class);
    }

    /** Stores alerts in the caller's transaction; one that is stored already is left as it is. */
    public void insert(Connection connection, List<Alert> alerts) throws SQLException {
        if (alerts.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (Alert alert : alerts) {
                statement.setObject(1, alert.id());
                statement.setString(2, alert.ticker());
                statement.setString(3, alert.rule());
                statement.setBigDecimal(4, alert.changePercent());
                set(statement, 5, alert.reference());
                set(statement, 8, alert.trigger());
                statement.setString(11, delivered ? "pending" : null);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** A page of alerts by (trigger's time, id). */
    Page<Alert> page(ListQuery query) {
        return PAGES.page(database, query, AlertEntity::toAlert, AlertRepository::place);
    }

    private static Cursor place(Alert alert) {
        return new Cursor(alert.trigger().timestamp(), alert.id().toString());
    }

    private static void set(PreparedStatement statement, int index, Alert.Point point) throws SQLException {
        statement.setBigDecimal(index, point.price());
        statement.setObject(index + 1, utc(point.timestamp()));
        statement.setLong(index + 2, point.seq());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
