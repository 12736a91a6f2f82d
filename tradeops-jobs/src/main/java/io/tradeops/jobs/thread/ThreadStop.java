package io.tradeops.jobs.thread;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Interrupts threads and waits for their end. A thread that does not end in time is logged by its name, and left. If
 * the caller is interrupted, it stops waiting and stays interrupted. A second stop is harmless. Static functions;
 * thread-safe.
 */
public final class ThreadStop {

    private static final Logger log = LoggerFactory.getLogger(ThreadStop.class);

    private ThreadStop() {}

    /** Waits for the end of a thread; throws if the caller is interrupted. */
    @FunctionalInterface
    private interface Wait {

        boolean hasEnded() throws InterruptedException;
    }

    /**
     * Stops a thread.
     *
     * @param limit how long to wait for its end, at least 1 ms
     */
    public static void stop(Thread thread, Duration limit) {
        stop(List.of(thread), limit);
    }

    /**
     * Stops threads. All are interrupted before the first wait.
     *
     * @param limit how long to wait for the end of each, at least 1 ms
     */
    public static void stop(List<Thread> threads, Duration limit) {
        long millis = millis(limit);
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            await(thread.getName(), millis, () -> {
                thread.join(millis);
                return !thread.isAlive();
            });
        }
    }

    /**
     * Stops the thread of an executor. Tasks that have not begun don't run.
     *
     * @param name the name of the thread
     * @param limit how long to wait for its end, at least 1 ms
     */
    public static void stop(ExecutorService executor, String name, Duration limit) {
        long millis = millis(limit);
        executor.shutdownNow();
        await(name, millis, () -> executor.awaitTermination(millis, TimeUnit.MILLISECONDS));
    }

    private static void await(String name, long millis, Wait wait) {
        try {
            if (!wait.hasEnded()) {
                log.warn("thread {} did not end within {} ms", name, millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@link Thread#join(long)} waits for ever if the time is 0. */
    private static long millis(Duration limit) {
        long millis = limit.toMillis();
        if (millis <= 0) {
            throw new IllegalArgumentException("limit must be at least 1 ms: " + limit);
        }
        return millis;
    }
}
