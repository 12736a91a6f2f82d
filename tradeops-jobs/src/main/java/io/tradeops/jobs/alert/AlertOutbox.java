package io.tradeops.jobs.alert;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The stored alerts that are to be pushed, and how far each has come. Implementations are thread-safe. */
public interface AlertOutbox {

    /** How the push of an alert ended. */
    enum Outcome {
        /** The receiver has it. */
        DELIVERED,
        /** The receiver doesn't want it, ever. */
        GONE,
        /** It was tried as often as it is. */
        FAILED
    }

    /** The ids of alerts that no job is queued for, oldest first. */
    List<UUID> unqueued(int limit);

    /** Says that jobs are queued for alerts; for those that are settled already nothing changes. */
    void markQueued(Collection<UUID> alerts);

    /** An alert as JSON; empty if the receiver has it, doesn't want it, or there is no such alert to push. */
    Optional<String> undelivered(UUID alert);

    /** Says how the push of an alert ended. */
    void settle(UUID alert, Outcome outcome);
}
