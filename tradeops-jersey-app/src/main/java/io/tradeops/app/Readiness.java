package io.tradeops.app;

import io.tradeops.app.monitor.PriceMonitor;
import io.tradeops.jobs.JobServer;
import io.tradeops.jobs.thread.LoopWatch;
import io.tradeops.jobs.thread.ThreadFailures;
import io.tradeops.lambda.bucket.TradeBucketException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks whether each part of a server is ready. The feed is not ready before {@link #watch} is called. Thread-safe.
 */
final class Readiness {

    private static final Logger log = LoggerFactory.getLogger(Readiness.class);

    private final Backends backends;
    private final JobServer jobs;
    private final LoopWatch threads;
    private volatile Optional<PriceMonitor> monitor = Optional.empty();

    Readiness(Backends backends, JobServer jobs, LoopWatch threads) {
        this.backends = backends;
        this.jobs = jobs;
        this.threads = threads;
    }

    /** Sets the monitor that tells whether the feed is followed. */
    void watch(PriceMonitor started) {
        monitor = Optional.of(started);
    }

    /** What is wrong with each part of {@code /health/ready}, in the order there; empty if it is up. */
    Map<String, Supplier<Optional<String>>> checks() {
        Map<String, Supplier<Optional<String>>> checks = new LinkedHashMap<>();
        checks.put("database", backends.database()::problem);
        checks.put("jobs", () -> unless(jobs.isRunning(), "are not run"));
        checks.put("object_store", () -> unless(isBucketAvailable(), "does not answer"));
        checks.put("feed", () -> unless(isFeedFollowed(), "is not followed"));
        checks.put("disk", backends.disk()::problem);
        checks.put("threads", threads::problem);
        return checks;
    }

    /** Whether the process can go on. If memory ran out once, all its threads must have recovered. */
    static boolean isAlive(LoopWatch threads) {
        return ThreadFailures.outOfMemoryErrors() == 0 || threads.problem().isEmpty();
    }

    private static Optional<String> unless(boolean isUp, String problem) {
        return isUp ? Optional.empty() : Optional.of(problem);
    }

    private boolean isBucketAvailable() {
        try {
            backends.bucket().check();
            return true;
        } catch (TradeBucketException e) {
            log.debug("the bucket is not available: {}", e.getMessage());
            return false;
        }
    }

    private boolean isFeedFollowed() {
        return monitor.map(m -> m.isLive() || m.isStandby()).orElse(false);
    }
}
