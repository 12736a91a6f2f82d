package io.tradeops.app.feed;

/**
 * How many commands a client may send: a token bucket. Not thread-safe.
 *
 * <p>Source: J. Turner, "New directions in communications", 1986 (the leaky bucket as a meter).
 */
final class CommandBudget {

    private static final long NANOS_PER_COMMAND = 50_000_000;

    private final long burstNanos;
    private long emptyAt;

    /**
     * A full budget.
     *
     * @param burst how many commands may come at once; twenty a second afterwards
     * @param nowNanos the time
     */
    CommandBudget(int burst, long nowNanos) {
        this.burstNanos = burst * NANOS_PER_COMMAND;
        this.emptyAt = nowNanos - burstNanos;
    }

    /** Whether one more command may come. */
    boolean take(long nowNanos) {
        if (nowNanos - emptyAt > burstNanos) { // not max(): System.nanoTime may overflow
            emptyAt = nowNanos - burstNanos;
        }
        if (nowNanos - emptyAt < NANOS_PER_COMMAND) {
            return false;
        }
        emptyAt += NANOS_PER_COMMAND;
        return true;
    }
}
