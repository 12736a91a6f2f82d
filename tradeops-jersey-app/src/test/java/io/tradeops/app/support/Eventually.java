package io.tradeops.app.support;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions, with a time limit. Static functions; thread-safe. */
public final class Eventually {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);

    private Eventually() {}

    /** Waits until the condition is true. Fails if it is not true within a minute. */
    public static void await(String what, Callable<Boolean> condition) throws Exception {
        await(what, POLL, condition);
    }

    /** Waits likewise, and looks no more often than this. */
    public static void await(String what, Duration pause, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + LIMIT.toSeconds() + " s in vain until " + what);
            }
            LockSupport.parkNanos(pause.toNanos()); // the one place where tests poll
        }
    }
}
