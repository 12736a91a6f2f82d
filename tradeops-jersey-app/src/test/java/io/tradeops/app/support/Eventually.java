package io.tradeops.app.support;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions, with a time limit. Static functions; thread-safe. */
public final class Eventually {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long POLL_NANOS = 50_000_000;

    private Eventually() {}

    /** Waits until the condition is true. Fails if it is not true within a minute. */
    public static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + LIMIT.toSeconds() + " s in vain until " + what);
            }
            LockSupport.parkNanos(POLL_NANOS); // the one place where tests poll
        }
    }
}
