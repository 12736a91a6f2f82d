package io.tradeops.app.feed;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Whether a client reads, as its answers to pings tell. There is at most one ping at a time. Each has a random payload,
 * so a client can't answer it without reading it. Times are of {@link System#nanoTime}. Not thread-safe.
 */
final class Liveness {

    private static final long TIMEOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(5_900);
    /** At most one frame waits for a conflating client. So one that does not answer for this long is not slow but dead. */
    private static final long CONFLATING_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final long READING_NANOS = TimeUnit.SECONDS.toNanos(2);

    private boolean awaitingPong;
    private boolean pingDue;
    private long pingNanos;
    private long payload;

    /** Makes a ping due, unless a pong is awaited already. */
    void ping(long nowNanos) {
        if (!awaitingPong) {
            awaitingPong = true;
            pingDue = true;
            pingNanos = nowNanos;
            payload = ThreadLocalRandom.current().nextLong();
        }
    }

    /** Whether a ping is to be sent now. */
    boolean isPingDue() {
        return pingDue;
    }

    /** The payload of the ping that is due, which then counts as sent. */
    ByteBuffer takeDuePing() {
        pingDue = false;
        return ByteBuffer.allocate(Long.BYTES).putLong(0, payload);
    }

    /** A pong arrived. Only one with the payload of the ping that was sent answers it. */
    void onPong(ByteBuffer received) {
        boolean answers =
                !pingDue && received.remaining() == Long.BYTES && received.getLong(received.position()) == payload;
        awaitingPong &= !answers;
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
