package io.tradeops.app.monitor;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: a random delay up to a bound that doubles with each failure (M. Brooker,
 * "Exponential Backoff And Jitter", 2015). Two attempts never start within {@code spacing}. Not thread-safe.
 */
final class Backoff {

    private final RandomGenerator random;
    private final Limits limits;
    private Duration bound;

    /**
     * The limits of the delays.
     *
     * @param first the bound of the first delay
     * @param most the largest bound
     * @param spacing the shortest time between the starts of two attempts
     */
    record Limits(Duration first, Duration most, Duration spacing) {

        /** 0.25 s to 30 s, and at most one attempt per second. */
        static final Limits DEFAULT = new Limits(Duration.ofMillis(250), Duration.ofSeconds(30), Duration.ofSeconds(1));
    }

    Backoff(RandomGenerator random, Limits limits) {
        this.random = random;
        this.limits = limits;
        this.bound = limits.first();
    }

    /** The delay after one more failure, whose attempt started {@code sinceAttempt} ago. */
    Duration next(Duration sinceAttempt) {
        Duration delay = Duration.ofMillis(random.nextLong(bound.toMillis() + 1));
        Duration doubled = bound.multipliedBy(2);
        bound = doubled.compareTo(limits.most()) > 0 ? limits.most() : doubled;
        Duration untilAllowed = limits.spacing().minus(sinceAttempt);
        return untilAllowed.compareTo(delay) > 0 ? untilAllowed : delay;
    }

    /** Starts over with the first bound. */
    void reset() {
        bound = limits.first();
    }
}
