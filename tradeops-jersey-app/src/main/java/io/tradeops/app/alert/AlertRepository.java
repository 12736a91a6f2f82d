package io.tradeops.app.alert;

import io.tradeops.app.db.Database;
import io.tradeops.app.db.Row;
import io.tradeops.app.db.Sql;
import io.tradeops.app.rest.Cursor;
import io.tradeops.app.rest.KeysetQuery;
import io.tradeops.app.rest.ListQuery;
import io.tradeops.app.rest.Page;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Alerts in PostgreSQL. Thread-safe. */
public final class AlertRepository {

    private static final String INSERT = """
            insert into alerts (id, ticker, rule, step, change_percent, reference_price, reference_timestamp,
                                reference_seq, trigger_price, trigger_timestamp, trigger_seq, delivery)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """;

    /**
     * A transaction that stores alerts holds this lock to its end. So alerts become visible in the order of their
     * numbers, and a client that has read up to a number misses none.
     */
    private static final String LOCK = "select pg_advisory_xact_lock(7305230)";

    private static final String AFTER = """
            select seq, id, ticker, rule, step, change_percent, reference_price, reference_timestamp, reference_seq,
                   trigger_price, trigger_timestamp, trigger_seq
            from alerts where seq > ? and seq <= ? order by seq limit ?
            """;

    private static final KeysetQuery<AlertEntity> PAGES =
            KeysetQuery.byTimeAndId(AlertEntity.class, "triggerTimestamp", "id");

    private final Database database;
    private final boolean delivered;

    /** The alerts in a database; new ones are not pushed. */
    public AlertRepository(Database database) {
        this(database, false);
    }

    /** The alerts in a database.
     *
     * @param delivered whether new alerts are to be pushed, see {@link PostgresAlertOutbox} */
    public AlertRepository(Database database, boolean delivered) {
        this.database = database;
        this.delivered = delivered;
    }

    /** The mapped classes. */
    public static List<Class<?>> entities() {
        return List.of(AlertEntity.class);
    }

    /** Stores alerts in the caller's transaction, in one batch. An alert that is already stored stays unchanged. */
    public void insert(Connection connection, List<Alert> alerts) throws SQLException {
        if (alerts.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK);
        }
        Sql.updateEach(connection, INSERT, alerts, this::parameters);
    }

    private @Nullable Object[] parameters(Alert alert) {
        Alert.Point reference = alert.reference();
        Alert.Point trigger = alert.trigger();
        return new @Nullable Object[] {
            alert.id(),
            alert.ticker(),
            alert.rule(),
            alert.step(),
            alert.changePercent(),
            reference.price(),
            reference.timestamp(),
            reference.seq(),
            trigger.price(),
            trigger.timestamp(),
            trigger.seq(),
            delivered ? "pending" : null
        };
    }

    /** A page of alerts, ordered by (trigger's time, id). */
    Page<Alert> page(ListQuery query) {
        return PAGES.page(database, query, AlertEntity::toAlert, AlertRepository::cursor);
    }

    /** The number of the newest alert; 0 if none is stored. */
    long lastSeq() {
        String sql = "select coalesce(max(seq), 0) as last_seq from alerts";
        return database.withConnection(connection -> Sql.single(connection, sql, row -> row.number("last_seq")));
    }

    /** Alerts with numbers greater than {@code after} and up to {@code last}, in the order of storing. */
    List<NumberedAlert> after(long after, long last, int limit) {
        return database.withConnection(
                connection -> Sql.list(connection, AFTER, AlertRepository::read, after, last, limit));
    }

    private static NumberedAlert read(Row row) throws SQLException {
        Alert alert = new Alert(
                row.uuid("id"),
                row.text("ticker"),
                row.text("rule"),
                (int) row.number("step"),
                row.decimal("change_percent"),
                new Alert.Point(
                        row.decimal("reference_price"),
                        row.instant("reference_timestamp"),
                        row.number("reference_seq")),
                new Alert.Point(
                        row.decimal("trigger_price"), row.instant("trigger_timestamp"), row.number("trigger_seq")));
        return new NumberedAlert(row.number("seq"), alert);
    }

    private static Cursor cursor(Alert alert) {
        return new Cursor(alert.trigger().timestamp(), alert.id().toString());
    }
}
