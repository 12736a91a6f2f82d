package io.tradeops.jobs.alert;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jobrunr.jobs.annotations.Job;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/**
 * Queues the delivery of every alert that has none queued, such as those of a process that ended between storing and
 * queueing. Thread-safe.
 */
public final class DeliverAlerts implements JobRequestHandler<DeliverAlerts.Request> {

    private static final int BATCH = 1_000;

    private final AlertOutbox outbox;
    private final Optional<AlertReceiver> receiver;
    private final Consumer<UUID> queueDelivery;

    /** The job; {@code queueDelivery} queues the delivery of one alert, once however often it is called. */
    public DeliverAlerts(AlertOutbox outbox, Optional<AlertReceiver> receiver, Consumer<UUID> queueDelivery) {
        this.outbox = outbox;
        this.receiver = receiver;
        this.queueDelivery = queueDelivery;
    }

    /** Asks for it. */
    public record Request() implements JobRequest {

        @Override
        public Class<DeliverAlerts> getJobRequestHandler() {
            return DeliverAlerts.class;
        }
    }

    @Override
    @Job(name = "Deliver alerts", retries = 0)
    public void run(Request request) {
        queueAll();
    }

    /** Does it now. What is queued and not marked is queued again, which makes no second job. */
    public void queueAll() {
        if (receiver.isEmpty()) {
            return;
        }
        List<UUID> batch;
        do {
            batch = outbox.unqueued(BATCH);
            batch.forEach(queueDelivery);
            outbox.markQueued(batch);
        } while (batch.size() == BATCH && !Thread.currentThread().isInterrupted());
    }
}
