package io.tradeops.app.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tradeops.app.db.Database;
import io.tradeops.app.rest.Json;
import io.tradeops.jobs.alert.AlertOutbox;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The alerts in PostgreSQL that are to be pushed. Thread-safe. */
public final class AlertDeliveries implements AlertOutbox {

    private static final String UNQUEUED =
            "select id from alerts where delivery = 'pending' order by trigger_timestamp, id limit ?";
    private static final String MARK_QUEUED =
            "update alerts set delivery = 'queued' where id = any(?) and delivery = 'pending'";

    /** One that failed and is tried again by hand is not delivered yet, either. */
    private static final String UNDELIVERED =
            "from AlertEntity where id = :id and delivery in ('pending', 'queued', 'failed')";

    private static final String SETTLE = "update alerts set delivery = ? where id = ? and delivery <> 'delivered'";

    private final Database database;

    /** Alerts of a database, which maps {@link AlertRepository#entities}. */
    public AlertDeliveries(Database database) {
        this.database = database;
    }

    @Override
    public List<UUID> unqueued(int limit) {
        return database.withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(UNQUEUED)) {
                statement.setInt(1, limit);
                List<UUID> ids = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        ids.add(rows.getObject(1, UUID.class));
                    }
                }
                return ids;
            }
        });
    }

    @Override
    public void markQueued(Collection<UUID> alerts) {
        if (alerts.isEmpty()) {
            return;
        }
        database.withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(MARK_QUEUED)) {
                statement.setArray(1, connection.createArrayOf("uuid", alerts.toArray()));
                return statement.executeUpdate();
            }
        });
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
        database.withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SETTLE)) {
                statement.setString(1, outcome.name().toLowerCase(Locale.ROOT));
                statement.setObject(2, alert);
                return statement.executeUpdate();
            }
        });
    }

    private static String json(Alert alert) {
        try {
            return Json.mapper().writeValueAsString(alert);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an alert is always JSON", e);
        }
    }
}
