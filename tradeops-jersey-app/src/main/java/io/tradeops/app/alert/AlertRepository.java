package io.tradeops.app.alert;

import io.tradeops.app.db.Database;
import io.tradeops.app.rest.Cursor;
import io.tradeops.app.rest.KeysetQuery;
import io.tradeops.app.rest.ListQuery;
import io.tradeops.app.rest.Page;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Alerts in PostgreSQL. Thread-safe. */
public final class AlertRepository {

    private static final String INSERT = """
            insert into alerts (id, ticker, rule, change_percent, reference_price, reference_timestamp, reference_seq,
                                trigger_price, trigger_timestamp, trigger_seq, delivery)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """;

    /**
     * Whoever stores alerts holds this to the end of the transaction, so that alerts become visible in the order of their
     * numbers: who has read up to a number misses none.
     */
    private static final String LOCK = "select pg_advisory_xact_lock(7305230)";

    private static final String AFTER = """
            select seq, id, ticker, rule, change_percent, reference_price, reference_timestamp, reference_seq,
                   trigger_price, trigger_timestamp, trigger_seq
            from alerts where seq > ? and seq <= ? order by seq limit ?
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
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK);
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

    /** The number of the newest alert; 0 if there is none. */
    long lastSeq() {
        return database.withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("select coalesce(max(seq), 0) from alerts");
                    ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    /** Alerts with numbers greater than {@code after}, not greater than {@code last}, in the order they were stored in. */
    List<NumberedAlert> after(long after, long last, int limit) {
        return database.withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(AFTER)) {
                statement.setLong(1, after);
                statement.setLong(2, last);
                statement.setInt(3, limit);
                List<NumberedAlert> alerts = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        alerts.add(new NumberedAlert(rows.getLong(1), read(rows)));
                    }
                }
                return alerts;
            }
        });
    }

    private static Alert read(ResultSet rows) throws SQLException {
        return new Alert(
                rows.getObject(2, UUID.class),
                rows.getString(3),
                rows.getString(4),
                rows.getBigDecimal(5),
                point(rows, 6),
                point(rows, 9));
    }

    private static Alert.Point point(ResultSet rows, int column) throws SQLException {
        return new Alert.Point(
                rows.getBigDecimal(column),
                rows.getObject(column + 1, OffsetDateTime.class).toInstant(),
                rows.getLong(column + 2));
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
