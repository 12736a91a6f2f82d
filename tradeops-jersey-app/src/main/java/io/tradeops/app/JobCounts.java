package io.tradeops.app;

import io.tradeops.jobs.JobQueueUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The number of jobs in each state, read at most once a second. Thread-safe. */
final class JobCounts {

    /** The states that are counted. */
    static final List<String> STATES = List.of("scheduled", "enqueued", "processing", "failed", "succeeded");

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<Map<String, Long>> source;
    private Map<String, Long> counts = Map.of();
    private long readNanos = System.nanoTime() - FRESH_NANOS;

    JobCounts(Supplier<Map<String, Long>> source) {
        this.source = source;
    }

    /** The number of jobs in a state; NaN while the database is unavailable. */
    synchronized double inState(String state) {
        if (System.nanoTime() - readNanos >= FRESH_NANOS) {
            try {
                counts = source.get();
            } catch (JobQueueUnavailableException e) {
                counts = Map.of();
            }
            readNanos = System.nanoTime();
        }
        Long count = counts.get(state);
        return count == null ? Double.NaN : count;
    }
}
