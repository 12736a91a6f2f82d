package io.tradeops.jobs.alert;

import io.tradeops.jobs.alert.AlertOutbox.Outcome;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jobrunr.jobs.annotations.Job;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.server.runner.ThreadLocalJobContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pushes an alert to its receiver. Repeats failed attempts for about 2 h 40 min. Thread-safe. */
public final class DeliverAlert implements JobRequestHandler<DeliverAlert.Request> {

    private static final Logger log = LoggerFactory.getLogger(DeliverAlert.class);

    /** Attempts after the first. They follow after 3 s, 9 s, 27 s …; the last is about 2 h 40 min after the first. */
    static final int RETRIES = 8;

    private final AlertOutbox outbox;
    private final Optional<AlertReceiver> receiver;

    public DeliverAlert(AlertOutbox outbox, Optional<AlertReceiver> receiver) {
        this.outbox = outbox;
        this.receiver = receiver;
    }

    /** A request to deliver an alert.
     *
     * @param alertId the alert's id */
    public record Request(String alertId) implements JobRequest {

        @Override
        public Class<DeliverAlert> getJobRequestHandler() {
            return DeliverAlert.class;
        }
    }

    @Override
    @Job(name = "Deliver alert %0", retries = RETRIES)
    public void run(Request request) throws IOException {
        deliver(
                UUID.fromString(request.alertId()),
                ThreadLocalJobContext.getJobContext().currentRetry() >= RETRIES);
    }

    /** Pushes an alert unless it needs no delivery.
     *
     * @param last whether this is the last attempt */
    void deliver(UUID alert, boolean last) throws IOException {
        Optional<String> json = outbox.undelivered(alert);
        if (json.isEmpty()) {
            log.debug("alert {} needs no delivery", alert);
            return;
        }
        try {
            switch (push(alert, json.get())) {
                case TAKEN -> outbox.settle(alert, Outcome.DELIVERED);
                case GONE -> {
                    log.warn("the receiver refused alert {} for good", alert);
                    outbox.settle(alert, Outcome.GONE);
                }
            }
        } catch (IOException e) {
            if (last) {
                outbox.settle(alert, Outcome.FAILED);
            }
            throw e;
        }
    }

    private AlertReceiver.Answer push(UUID alert, String json) throws IOException {
        return receiver.orElseThrow(() -> new IOException("this process has no receiver of alerts:"
                        + " set TRADEOPS_WEBHOOK_URL and TRADEOPS_WEBHOOK_SECRET as on the server"))
                .push(alert, json);
    }
}
