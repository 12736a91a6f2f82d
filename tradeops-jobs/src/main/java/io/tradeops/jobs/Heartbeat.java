package io.tradeops.jobs;

import java.time.Duration;
import java.util.Optional;

/**
 * The heartbeat of the job server in the database, as its supervisor sees it. It is stale if it has not changed for 30 s
 * while the database was available. The time is the JVM's own, so a step of the clock does not matter. Not thread-safe.
 *
 * @param <T> the type of the heartbeat
 */
final class Heartbeat<T> {

    private static final long LIMIT_NANOS = Duration.ofSeconds(30).toNanos();

    private Optional<T> last = Optional.empty();
    private long changedNanos;

    /** Creates a heartbeat that was not seen yet. */
    Heartbeat(long nanoTime) {
        changedNanos = nanoTime;
    }

    /** The database is not available, so nothing is known. */
    void unknown(long nanoTime) {
        changedNanos = nanoTime;
    }

    /** Notes the heartbeat; empty if the job server is not in the database. Whether the heartbeat is stale. */
    boolean isStale(Optional<T> found, long nanoTime) {
        if (!found.equals(last)) {
            last = found;
            changedNanos = nanoTime;
        }
        return nanoTime - changedNanos > LIMIT_NANOS;
    }
}
