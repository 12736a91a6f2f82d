package io.tradeops.jobs.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.jobs.alert.AlertOutbox.Outcome;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of every {@link AlertOutbox}. */
public abstract class AlertOutboxContract {

    private static final UUID FIRST = new UUID(7, 1);
    private static final UUID SECOND = new UUID(7, 2);

    /** An empty outbox. */
    protected abstract AlertOutbox outbox();

    /** Stores alerts to push, oldest first. Their JSON must contain their ids. */
    protected abstract void store(List<UUID> alerts);

    @Test
    void storedAlertsAreUnqueuedOldestFirst() {
        AlertOutbox outbox = outbox();
        store(List.of(FIRST, SECOND));

        assertThat(outbox.unqueued(10)).containsExactly(FIRST, SECOND);
        assertThat(outbox.unqueued(1)).containsExactly(FIRST);
        assertThat(outbox.undelivered(FIRST)).get().asString().contains(FIRST.toString());
    }

    @Test
    void queuedAlertIsStillUndelivered() {
        AlertOutbox outbox = outbox();
        store(List.of(FIRST, SECOND));
        outbox.markQueued(List.of(FIRST));

        assertThat(outbox.unqueued(10)).containsExactly(SECOND);
        assertThat(outbox.undelivered(FIRST)).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void settledAlertStaysSettledWhenItIsMarkedAsQueuedLater(Outcome outcome) {
        AlertOutbox outbox = outbox();
        store(List.of(FIRST));
        outbox.settle(FIRST, outcome);
        outbox.markQueued(List.of(FIRST));

        assertThat(outbox.unqueued(10)).isEmpty();
        assertThat(outbox.undelivered(FIRST).isPresent()).isEqualTo(outcome == Outcome.FAILED);
    }

    @Test
    void deliveredAlertStaysDeliveredAfterAFailureOfAConcurrentPush() {
        AlertOutbox outbox = outbox();
        store(List.of(FIRST));
        outbox.settle(FIRST, Outcome.DELIVERED);
        outbox.settle(FIRST, Outcome.FAILED);

        assertThat(outbox.undelivered(FIRST)).isEmpty();
    }

    @Test
    void unknownAlertNeedsNoDelivery() {
        AlertOutbox outbox = outbox();
        outbox.markQueued(List.of());

        assertThat(outbox.undelivered(FIRST)).isEmpty();
        assertThat(outbox.unqueued(10)).isEmpty();
    }
}
