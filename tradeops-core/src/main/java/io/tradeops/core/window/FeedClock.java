package io.tradeops.core.window;

import io.tradeops.core.window.KeyedPriceMoveSnapshot.Clock;
import java.util.OptionalLong;

/**
 * The time of a feed of many tickers: the newest time of its ticks. Ticks whose times are further from it than {@code
 * maxAhead}, in either direction, do not change it, until eight of them in a row agree. Not thread-safe.
 */
final class FeedClock {

    static final long NONE = -1;
    static final int CONFIRMATIONS = 8;

    private final long maxAheadNanos;
    private long nanos = NONE;
    private long candidate = NONE;
    private int confirmations;

    FeedClock(long maxAheadNanos) {
        this.maxAheadNanos = maxAheadNanos;
    }

    /** The time in nanoseconds since 1970-01-01T00:00:00Z; {@link #NONE} before the first tick. */
    long nanos() {
        return nanos;
    }

    void onTick(long epochNanos) {
        if (isNear(epochNanos, nanos) || nanos == NONE) {
            nanos = Math.max(nanos, epochNanos);
            confirmations = 0;
        } else {
            onDistantTick(epochNanos);
        }
    }

    /** Advances the time by an order of the caller, by any amount. */
    void advanceTo(long epochNanos) {
        nanos = Math.max(nanos, epochNanos);
        confirmations = 0;
    }

    private void onDistantTick(long epochNanos) {
        boolean agrees = confirmations > 0 && isNear(epochNanos, candidate);
        candidate = agrees ? Math.max(candidate, epochNanos) : epochNanos;
        confirmations = agrees ? confirmations + 1 : 1;
        if (confirmations == CONFIRMATIONS) {
            nanos = candidate;
            confirmations = 0;
        }
    }

    private boolean isNear(long epochNanos, long other) {
        return Math.abs(epochNanos - other) <= maxAheadNanos;
    }

    Clock snapshot() {
        return new Clock(
                optional(nanos), confirmations == 0 ? OptionalLong.empty() : optional(candidate), confirmations);
    }

    void load(Clock clock) {
        nanos = clock.nanos().orElse(NONE);
        candidate = clock.candidateNanos().orElse(NONE);
        confirmations = clock.confirmations();
    }

    private static OptionalLong optional(long nanos) {
        return nanos == NONE ? OptionalLong.empty() : OptionalLong.of(nanos);
    }
}
