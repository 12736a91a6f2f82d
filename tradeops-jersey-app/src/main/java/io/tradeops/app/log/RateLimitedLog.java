package io.tradeops.app.log;

import java.time.Duration;
import org.slf4j.Logger;

/** Warnings that may come in floods: the first at once, then one in a while with how many there were. Thread-safe. */
public final class RateLimitedLog {

    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Logger log;
    private final String what;
    private boolean begun;
    private long lastNanos;
    private long unsaid;

    public RateLimitedLog(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    public synchronized void warn(String detail) {
        long now = System.nanoTime();
        unsaid++;
        if (!begun || now - lastNanos >= PAUSE_NANOS) {
            begun = true;
            lastNanos = now;
            log.warn("{} ({} of them): {}", what, unsaid, detail);
            unsaid = 0;
        }
    }
}
