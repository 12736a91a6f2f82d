package io.tradeops.app.log;

import java.time.Duration;
import org.slf4j.Logger;

/**
 * Rate-limits warnings of one kind: logs the first at once, and then at most one every 10 s with the number of warnings
 * since the previous line. Thread-safe.
 */
public final class RateLimitedLog {

    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Logger log;
    private final String what;
    private boolean hasLogged;
    private boolean isOver = true;
    private long lastNanos;
    private long count;

    /** A log of warnings; {@code what} begins each line. */
    public RateLimitedLog(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    /** Logs, if there was a warning since the last call, that the warnings have ended. The next one is logged at once. */
    public synchronized void over(String detail) {
        if (!isOver) {
            isOver = true;
            hasLogged = false;
            count = 0;
            log.info(detail);
        }
    }

    /** Counts a warning, and logs it with {@code detail} if the pause is over. */
    public synchronized void warn(String detail) {
        long now = System.nanoTime();
        count++;
        isOver = false;
        if (!hasLogged || now - lastNanos >= PAUSE_NANOS) {
            hasLogged = true;
            lastNanos = now;
            log.warn("{} ({} of them): {}", what, count, detail);
            count = 0;
        }
    }
}
