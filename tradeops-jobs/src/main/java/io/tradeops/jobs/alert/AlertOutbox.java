package io.tradeops.jobs.alert;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The stored alerts to push, and the delivery state of each. Implementations are thread-safe. */
public interface AlertOutbox {

    /** How the push of an alert ended. */
    enum Outcome {
        /** The receiver has it. */
        DELIVERED,
        /** The receiver refused it for good. */
        GONE,
        /** Every attempt failed. */
        FAILED
    }

    /** The ids of at most {@code limit} alerts without a queued delivery, oldest first. */
    List<UUID> unqueued(int limit);

    /** Marks alerts as queued. Alerts that are settled already stay as they are. */
    void markQueued(Collection<UUID> alerts);

    /** An alert as JSON; empty if it was delivered or refused, or if there is no such alert to push. */
    Optional<String> undelivered(UUID alert);

    /** Stores how the push of an alert ended. A delivered alert stays delivered. */
    void settle(UUID alert, Outcome outcome);
}
