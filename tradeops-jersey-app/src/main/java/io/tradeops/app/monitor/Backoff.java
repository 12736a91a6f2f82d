package io.tradeops.app.monitor;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to try again: exponential backoff with full jitter, a random delay up to a bound that doubles with each failure (M.
 * Brooker, "Exponential Backoff And Jitter", 2015), and never two attempts within {@code spacing}. Not thread-safe.
 */
final class Backoff {

    private final RandomGenerator random;
    private final Limits limits;
    private Duration bound;

    /**
     * How far apart attempts are.
     *
     * @param first the bound of the first delay
     * @param most the bound that is doubled no more
     * @param spacing the least time from the start of one attempt to that of the next
     */
    record Limits(Duration first, Duration most, Duration spacing) {

        /** 0.25 s to 30 s, and never more than one attempt a second. */
        static final Limits DEFAULT = new Limits(Duration.ofMillis(250), Duration.ofSeconds(30), Duration.ofSeconds(1));
    }

    Backoff(RandomGenerator random, Limits limits) {
        this.random = random;
        this.limits = limits;
        this.bound = limits.first();
    }

    /** How long to wait after one more failure, whose attempt began {@code sinceAttempt} ago. */
    Duration next(Duration sinceAttempt) {
        Duration delay = Duration.ofMillis(random.nextLong(bound.toMillis() + 1));
        Duration doubled = bound.multipliedBy(2);
        bound = doubled.compareTo(limits.most()) > 0 ? limits.most() : doubled;
        Duration untilAllowed = limits.spacing().minus(sinceAttempt);
        return untilAllowed.compareTo(delay) > 0 ? untilAllowed : delay;
    }

    /** Forgets the failures. */
    void reset() {
        bound = limits.first();
    }
}
