package io.tradeops.jobs.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.jobs.alert.AlertReceiver.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliverAlertTest {

    private static final UUID ALERT = new UUID(7, 1);

    private final InMemoryAlertOutbox outbox = new InMemoryAlertOutbox();
    private final List<String> pushed = new ArrayList<>();

    @BeforeEach
    void store() {
        outbox.store(ALERT);
    }

    @Test
    void alertIsPushedOnceEvenIfTheJobRunsTwice() throws Exception {
        DeliverAlert job = job(Answer.TAKEN);
        job.deliver(ALERT, false);
        job.deliver(ALERT, false);

        assertThat(pushed).containsExactly("{\"id\":\"" + ALERT + "\"}");
        assertThat(outbox.state(ALERT)).isEqualTo("DELIVERED");
    }

    @Test
    void refusedAlertIsNotPushedAgain() throws Exception {
        DeliverAlert job = job(Answer.GONE);
        job.deliver(ALERT, false);
        job.deliver(ALERT, false);

        assertThat(pushed).hasSize(1);
        assertThat(outbox.state(ALERT)).isEqualTo("GONE");
    }

    @Test
    void alertFailsWithTheLastAttemptOnly() {
        DeliverAlert job = new DeliverAlert(outbox, Optional.of((alert, json) -> {
            throw new IOException("away");
        }));

        assertThatThrownBy(() -> job.deliver(ALERT, false)).hasMessage("away");
        assertThat(outbox.state(ALERT)).isEqualTo("PENDING");
        assertThatThrownBy(() -> job.deliver(ALERT, true)).hasMessage("away");
        assertThat(outbox.state(ALERT)).isEqualTo("FAILED");
    }

    @Test
    void failedAlertCanBeRetriedManually() throws Exception {
        outbox.settle(ALERT, AlertOutbox.Outcome.FAILED);
        job(Answer.TAKEN).deliver(ALERT, true);

        assertThat(outbox.state(ALERT)).isEqualTo("DELIVERED");
    }

    @Test
    void processWithoutAReceiverNamesTheMissingSettings() {
        DeliverAlert job = new DeliverAlert(outbox, Optional.empty());

        assertThatThrownBy(() -> job.deliver(ALERT, false)).hasMessageContaining("TRADEOPS_WEBHOOK_URL");
        assertThat(outbox.state(ALERT)).isEqualTo("PENDING");
    }

    private DeliverAlert job(Answer answer) {
        return new DeliverAlert(outbox, Optional.of((alert, json) -> {
            pushed.add(json);
            return answer;
        }));
    }
}
