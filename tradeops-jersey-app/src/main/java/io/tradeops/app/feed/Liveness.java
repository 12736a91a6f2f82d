package io.tradeops.app.feed;

import java.util.concurrent.TimeUnit;

/**
 * Whether a client reads, as its answers to pings tell. There is at most one ping at a time. Times are of {@link
 * System#nanoTime}. Not thread-safe.
 */
final class Liveness {

    private static final long TIMEOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(5_900);
    /** At most one frame waits for a conflating client. So one that does not answer for this long is not slow but dead. */
    private static final long CONFLATING_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final long READING_NANOS = TimeUnit.SECONDS.toNanos(2);

    private boolean awaitingPong;
    private boolean pingDue;
    private long pingNanos;

    /** Makes a ping due, unless a pong is awaited already. */
    void ping(long nowNanos) {
        if (!awaitingPong) {
            awaitingPong = true;
            pingDue = true;
            pingNanos = nowNanos;
        }
    }

    /** Whether a ping is to be sent now; afterwards it counts as sent. */
    boolean takeDuePing() {
        boolean wasDue = pingDue;
        pingDue = false;
        return wasDue;
    }

    /** A pong arrived. One from before the ping was sent does not answer it. */
    void onPong() {
        awaitingPong = pingDue;
    }

    /** Whether a pong is awaited. */
    boolean isAwaitingPong() {
        return awaitingPong;
    }

    /** Whether the pong did not arrive within 5.9 s, or 60 s for a client that conflates. */
    boolean hasTimedOut(boolean conflates, long nowNanos) {
        return isAwaitingPongLongerThan(conflates ? CONFLATING_TIMEOUT_NANOS : TIMEOUT_NANOS, nowNanos);
    }

    /** Whether the client seems to read: no pong is awaited for more than 2 s. */
    boolean isReading(long nowNanos) {
        return !isAwaitingPongLongerThan(READING_NANOS, nowNanos);
    }

    private boolean isAwaitingPongLongerThan(long nanos, long nowNanos) {
        return awaitingPong && nowNanos - pingNanos > nanos;
    }
}
