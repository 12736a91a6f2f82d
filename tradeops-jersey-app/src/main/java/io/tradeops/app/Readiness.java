package io.tradeops.app;

import io.tradeops.app.monitor.PriceMonitor;
import io.tradeops.jobs.JobServer;
import io.tradeops.lambda.bucket.TradeBucketException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks whether each part of a server is ready. The feed is not ready before {@link #watch} is called. Thread-safe.
 */
final class Readiness {

    private static final Logger log = LoggerFactory.getLogger(Readiness.class);

    private final Backends backends;
    private final JobServer jobs;
    private volatile Optional<PriceMonitor> monitor = Optional.empty();

    Readiness(Backends backends, JobServer jobs) {
        this.backends = backends;
        this.jobs = jobs;
    }

    /** Sets the monitor that tells whether the feed is followed. */
    void watch(PriceMonitor started) {
        monitor = Optional.of(started);
    }

    /** The checks by the names of the parts in {@code /health/ready}, in the order there. */
    Map<String, BooleanSupplier> checks() {
        Map<String, BooleanSupplier> checks = new LinkedHashMap<>();
        checks.put("database", backends.database()::isAvailable);
        checks.put("jobs", jobs::isRunning);
        checks.put("object_store", this::isBucketAvailable);
        checks.put("feed", this::isFeedFollowed);
        return checks;
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
