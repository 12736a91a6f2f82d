package io.tradeops.app.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tradeops.app.db.Database;
import io.tradeops.app.db.Sql;
import io.tradeops.app.db.Sql.ArrayParameter;
import io.tradeops.app.rest.Json;
import io.tradeops.jobs.alert.AlertOutbox;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The alerts to push, in PostgreSQL. Thread-safe. */
public final class PostgresAlertOutbox implements AlertOutbox {

    private static final String UNQUEUED =
            "select id from alerts where delivery = 'pending' order by trigger_timestamp, id limit ?";
    private static final String MARK_QUEUED =
            "update alerts set delivery = 'queued' where id = any(?) and delivery = 'pending'";

    /** An alert whose push failed is undelivered, too: its job may be run again by hand. */
    private static final String UNDELIVERED =
            "from AlertEntity where id = :id and delivery in ('pending', 'queued', 'failed')";

    private static final String SETTLE = "update alerts set delivery = ? where id = ? and delivery <> 'delivered'";

    private final Database database;

    /** The alerts in a database, which maps {@link AlertRepository#entities}. */
    public PostgresAlertOutbox(Database database) {
        this.database = database;
    }

    @Override
    public List<UUID> unqueued(int limit) {
        return database.withConnection(connection -> Sql.list(connection, UNQUEUED, row -> row.uuid("id"), limit));
    }

    @Override
    public void markQueued(Collection<UUID> alerts) {
        if (alerts.isEmpty()) {
            return;
        }
        ArrayParameter ids = ArrayParameter.uuids(alerts, id -> id);
        database.withConnection(connection -> Sql.update(connection, MARK_QUEUED, ids));
    }

    @Override
    public Optional<String> undelivered(UUID alert) {
        return database.inTransaction(session -> session.createQuery(UNDELIVERED, AlertEntity.class)
                        .setParameter("id", alert)
                        .uniqueResultOptional())
                .map(entity -> json(entity.toAlert()));
    }

    @Override
    public void settle(UUID alert, Outcome outcome) {
        String delivery = outcome.name().toLowerCase(Locale.ROOT);
        database.withConnection(connection -> Sql.update(connection, SETTLE, delivery, alert));
    }

    private static String json(Alert alert) {
        try {
            return Json.mapper().writeValueAsString(alert);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing an alert as JSON failed", e);
        }
    }
}
