package io.tradeops.app.feed;

/**
 * Limits the commands of one client: a token bucket that refills with 20 a second. Not thread-safe.
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
     * @param burst the most commands at once
     * @param nowNanos the time, of {@link System#nanoTime}
     */
    CommandBudget(int burst, long nowNanos) {
        this.burstNanos = burst * NANOS_PER_COMMAND;
        this.emptyAt = nowNanos - burstNanos;
    }

    /** Takes one command from the budget; false if it is empty. */
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
