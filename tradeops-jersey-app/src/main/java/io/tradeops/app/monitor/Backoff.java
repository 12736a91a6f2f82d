package io.tradeops.app.monitor;

import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: a random delay up to a bound that doubles with each failure, from 0.25 s to 30 s
 * (M. Brooker, "Exponential Backoff And Jitter", 2015). Not thread-safe.
 */
final class Backoff {

    private static final long FIRST_MILLIS = 250;
    private static final long MAX_MILLIS = 30_000;

    private final RandomGenerator random;
    private long bound = FIRST_MILLIS;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** How long to wait after one more failure, in milliseconds. */
    long nextMillis() {
        long delay = random.nextLong(bound + 1);
        bound = Math.min(bound * 2, MAX_MILLIS);
        return delay;
    }

    /** Forgets the failures. */
    void reset() {
        bound = FIRST_MILLIS;
    }
}
