package io.tradeops.jobs.thread;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts, by the name of the thread, what the threads of this process threw: failed rounds of loops, and exceptions
 * that ended a thread. The counts are of the process, because the JVM's handler of such exceptions is. Static
 * functions; thread-safe.
 */
public final class ThreadFailures {

    private static final Logger log = LoggerFactory.getLogger(ThreadFailures.class);

    private static final int MOST_NAMES = 200;
    private static final String OTHER = "other";
    private static final int DEEPEST_CAUSE = 20;

    private static final Map<String, AtomicLong> COUNTS = new ConcurrentHashMap<>();
    private static final AtomicLong OUT_OF_MEMORY = new AtomicLong();

    private ThreadFailures() {}

    /** Logs and counts, from now on, each exception that ends a thread of this process. */
    public static void watchAllThreads() {
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> onDeath(thread.getName(), thrown));
    }

    /** Counts a failure that neither ended a thread nor a loop's round. */
    public static void count(String name, Throwable thrown) {
        note(thrown);
        counter(name).incrementAndGet();
    }

    /** The counts by name. Numbers in a thread's name, as of a pool's threads, are left out. */
    public static Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        COUNTS.forEach((name, count) -> counts.put(name, count.get()));
        return counts;
    }

    /** How often a thread has thrown an {@link OutOfMemoryError}. */
    public static long outOfMemoryErrors() {
        return OUT_OF_MEMORY.get();
    }

    /** The count of a thread, in which counting needs no memory. */
    static AtomicLong counter(String name) {
        String known = COUNTS.size() < MOST_NAMES || COUNTS.containsKey(name) ? name : OTHER;
        return COUNTS.computeIfAbsent(known, each -> new AtomicLong());
    }

    static void note(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof OutOfMemoryError) {
                OUT_OF_MEMORY.incrementAndGet();
                return;
            }
            cause = cause.getCause();
        }
    }

    private static void onDeath(String name, Throwable thrown) {
        note(thrown);
        counter(name.replaceAll("[-# ]*\\d+", "")).incrementAndGet();
        log.error("thread {} has ended", name, thrown);
    }
}
