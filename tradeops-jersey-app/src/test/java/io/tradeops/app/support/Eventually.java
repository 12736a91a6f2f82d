package io.tradeops.app.support;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what comes in its own time. */
public final class Eventually {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long POLL_NANOS = 50_000_000;

    private Eventually() {}

    /** Returns once the condition holds; fails if it doesn't within a minute. */
    public static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + LIMIT.toSeconds() + " s in vain until " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
