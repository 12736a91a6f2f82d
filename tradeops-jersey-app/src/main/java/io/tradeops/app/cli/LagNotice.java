package io.tradeops.app.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * When to say that a monitor is behind its feed: once it has been for some looks on end, as a batch on its way is no lag, and
 * then now and then. Not thread-safe.
 */
final class LagNotice {

    /** How often to look. */
    static final Duration LOOKS_APART = Duration.ofSeconds(1);

    private static final double SECONDS_BEHIND = 5;
    private static final int LOOKS = 3;
    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private int looks;
    private boolean said;
    private long saidNanos;

    LagNotice() {}

    /** What to say after one more look. */
    Optional<String> look(double secondsBehind, long nowNanos) {
        looks = secondsBehind > SECONDS_BEHIND ? looks + 1 : 0;
        if (looks < LOOKS || (said && nowNanos - saidNanos < PAUSE_NANOS)) {
            return Optional.empty();
        }
        said = true;
        saidNanos = nowNanos;
        return Optional.of(
                String.format(Locale.ROOT, "the newest tick done is %.0f s old; others wait", secondsBehind));
    }
}
