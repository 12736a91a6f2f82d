package io.tradeops.jobs.alert;

import java.util.List;
import java.util.UUID;

class InMemoryAlertOutboxTest extends AlertOutboxContract {

    private final InMemoryAlertOutbox outbox = new InMemoryAlertOutbox();

    @Override
    protected AlertOutbox outbox() {
        return outbox;
    }

    @Override
    protected void store(List<UUID> alerts) {
        alerts.forEach(outbox::store);
    }
}
