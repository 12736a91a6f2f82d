package io.tradeops.app.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.support.OpenDatabase;
import io.tradeops.jobs.alert.AlertOutbox;
import io.tradeops.jobs.alert.AlertOutboxContract;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresAlertOutboxIT extends AlertOutboxContract {

    private static final Instant START = Instant.parse("2026-11-20T14:30:00Z");

    @RegisterExtension
    static final OpenDatabase database = OpenDatabase.of(AlertRepository.entities(), "alerts");

    @Override
    protected AlertOutbox outbox() {
        return new PostgresAlertOutbox(database.get());
    }

    @Override
    protected void store(List<UUID> alerts) {
        store(new AlertRepository(database.get(), true), alerts);
    }

    @Test
    void alertStoredWithoutAWebhookIsNeverPushed() {
        List<UUID> alerts = List.of(new UUID(7, 1));
        store(new AlertRepository(database.get()), alerts);
        store(new AlertRepository(database.get(), true), alerts);

        assertThat(outbox().unqueued(10)).isEmpty();
        assertThat(outbox().undelivered(alerts.get(0))).isEmpty();
    }

    @Test
    void alertStoredTwiceIsPushedOnce() {
        List<UUID> alerts = List.of(new UUID(7, 1));
        store(alerts);
        outbox().settle(alerts.get(0), AlertOutbox.Outcome.DELIVERED);
        store(alerts);

        assertThat(outbox().unqueued(10)).isEmpty();
    }

    private static void store(AlertRepository repository, List<UUID> ids) {
        List<Alert> alerts = new ArrayList<>();
        for (UUID id : ids) {
            Instant time = START.plusSeconds(alerts.size());
            Alert.Point reference = new Alert.Point(new BigDecimal("100"), time, 1);
            Alert.Point trigger = new Alert.Point(new BigDecimal("102.01"), time, 2);
            alerts.add(new Alert(id, "AAPL", "up>2%/60s", 1, new BigDecimal("2.0100"), reference, trigger));
        }
        database.get().withConnection(connection -> {
            repository.insert(connection, alerts);
            return true;
        });
    }
}
