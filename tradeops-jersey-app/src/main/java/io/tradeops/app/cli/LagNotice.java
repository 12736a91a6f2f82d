package io.tradeops.app.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides when to report that a monitor is behind its feed: after three checks in a row, because one may meet a batch
 * that is being stored, and then every 10 s at most. Not thread-safe.
 */
final class LagNotice {

    /** The time between two checks. */
    static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    private static final double SECONDS_BEHIND = 5;
    private static final int CHECKS = 3;
    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private int checksBehind;
    private boolean isReported;
    private long reportedNanos;

    LagNotice() {}

    /**
     * Checks once more.
     *
     * @param nowNanos the present {@link System#nanoTime}
     * @return the message to print, if it is time for one
     */
    Optional<String> check(double secondsBehind, long nowNanos) {
        checksBehind = secondsBehind > SECONDS_BEHIND ? checksBehind + 1 : 0;
        if (checksBehind < CHECKS || (isReported && nowNanos - reportedNanos < PAUSE_NANOS)) {
            return Optional.empty();
        }
        isReported = true;
        reportedNanos = nowNanos;
        return Optional.of(String.format(
                Locale.ROOT, "behind the feed: the newest processed tick is %.0f s old, others wait", secondsBehind));
    }
}
