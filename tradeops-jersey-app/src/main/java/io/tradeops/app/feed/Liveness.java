package io.tradeops.app.feed;

/**
 * Whether a client reads, told by its answers to pings, of which one at a time is under way. Times are of
 * {@link System#nanoTime}. Not thread-safe.
 */
final class Liveness {

    private boolean asked;
    private boolean due;
    private long askedNanos;

    /** Asks by a ping, which is due now, unless one is under way. */
    void ask(long nowNanos) {
        if (!asked) {
            asked = true;
            due = true;
            askedNanos = nowNanos;
        }
    }

    /** Whether a ping is to be sent; then it is under way. */
    boolean takeDue() {
        boolean isDue = due;
        due = false;
        return isDue;
    }

    /** A pong came; one that came before the ping was sent answers nothing. */
    void answered() {
        asked = due;
    }

    /** Whether an answer is still to come. */
    boolean isAsked() {
        return asked;
    }

    /** Whether an answer is to come for longer than so many nanoseconds. */
    boolean isAskedLongerThan(long nanos, long nowNanos) {
        return asked && nowNanos - askedNanos > nanos;
    }
}
