package io.tradeops.jobs.alert;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jobrunr.jobs.annotations.Job;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/**
 * Queues a delivery for every alert without one. A process may have ended after it stored an alert and before it queued
 * the delivery. Thread-safe.
 */
public final class QueueAlertDeliveries implements JobRequestHandler<QueueAlertDeliveries.Request> {

    private static final int BATCH = 1_000;

    private final AlertOutbox outbox;
    private final Optional<AlertReceiver> receiver;
    private final Consumer<UUID> queueDelivery;

    /** Creates the job. {@code queueDelivery} queues one job per alert, even if it is called repeatedly. */
    public QueueAlertDeliveries(AlertOutbox outbox, Optional<AlertReceiver> receiver, Consumer<UUID> queueDelivery) {
        this.outbox = outbox;
        this.receiver = receiver;
        this.queueDelivery = queueDelivery;
    }

    /** A request to queue deliveries. */
    public record Request() implements JobRequest {

        @Override
        public Class<QueueAlertDeliveries> getJobRequestHandler() {
            return QueueAlertDeliveries.class;
        }
    }

    @Override
    @Job(name = "Queue alert deliveries", retries = 0)
    public void run(Request request) {
        queueAll();
    }

    /** Queues the deliveries now. An alert that is queued but not marked is queued again, which makes no second job. */
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
