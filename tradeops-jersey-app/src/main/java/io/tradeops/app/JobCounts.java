package io.tradeops.app;

import io.tradeops.jobs.JobQueueUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How many jobs are in each state, asked for once a second at most. Thread-safe. */
final class JobCounts {

    /** The states that are counted. */
    static final List<String> STATES = List.of("scheduled", "enqueued", "processing", "failed", "succeeded");

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<Map<String, Long>> source;
    private Map<String, Long> counts = Map.of();
    private long askedNanos = System.nanoTime() - FRESH_NANOS;

    JobCounts(Supplier<Map<String, Long>> source) {
        this.source = source;
    }

    /** Jobs in a state; not a number if they can't be counted. */
    synchronized double of(String state) {
        if (System.nanoTime() - askedNanos >= FRESH_NANOS) {
            try {
                counts = source.get();
            } catch (JobQueueUnavailableException e) {
                counts = Map.of();
            }
            askedNanos = System.nanoTime();
        }
        Long count = counts.get(state);
        return count == null ? Double.NaN : count;
    }
}
