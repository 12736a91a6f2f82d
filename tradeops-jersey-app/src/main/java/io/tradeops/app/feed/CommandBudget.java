package io.tradeops.app.feed;

import java.util.concurrent.TimeUnit;

/**
 * Limits what the commands of one client cost: a token bucket of time that refills with the clock. A small command takes
 * 50 ms of it, so a client may send 20 a second. Its bytes, the bytes of its answer, the tickers of the subscription that
 * it changes and the ticks that it replays take more, each in proportion to the work that it makes. Not thread-safe.
 *
 * <p>Source: J. Turner, "New directions in communications", 1986 (the leaky bucket as a meter).
 */
final class CommandBudget {

    private static final long NANOS_PER_COMMAND = TimeUnit.MILLISECONDS.toNanos(50);
    /** The largest command, of 64 KiB, then takes 0.7 s. */
    private static final long NANOS_PER_BYTE = TimeUnit.MICROSECONDS.toNanos(10);
    /** The subscription is copied. */
    private static final long NANOS_PER_TICKER = TimeUnit.MICROSECONDS.toNanos(5);
    /** A replay of 65,536 ticks then takes 5.2 s. */
    private static final long NANOS_PER_REPLAYED = TimeUnit.MICROSECONDS.toNanos(80);

    private final long burstNanos;
    private long emptyAt;

    /**
     * A full budget.
     *
     * @param burst the most small commands at once
     * @param nowNanos the time, of {@link System#nanoTime}
     */
    CommandBudget(int burst, long nowNanos) {
        this.burstNanos = burst * NANOS_PER_COMMAND;
        this.emptyAt = nowNanos - burstNanos;
    }

    /** Takes a command from the budget before it is read; false if there is not enough left for it. */
    boolean take(int bytes, long nowNanos) {
        if (nowNanos - emptyAt > burstNanos) { // not max(): System.nanoTime may overflow
            emptyAt = nowNanos - burstNanos;
        }
        long cost = NANOS_PER_COMMAND + bytes * NANOS_PER_BYTE;
        if (nowNanos - emptyAt < cost) {
            return false;
        }
        emptyAt += cost;
        return true;
    }

    /**
     * Charges what an accepted command turned out to cost. The budget may then be empty for as long as a full one lasts.
     *
     * @param answerBytes the bytes of its answer
     * @param tickers the named tickers of the subscription that it has changed
     * @param replayed the offsets that are to be replayed
     */
    void charge(int answerBytes, int tickers, long replayed, long nowNanos) {
        long most = nowNanos + burstNanos - emptyAt;
        long cost = answerBytes * NANOS_PER_BYTE
                + tickers * NANOS_PER_TICKER
                + Math.min(replayed, Integer.MAX_VALUE) * NANOS_PER_REPLAYED;
        emptyAt += Math.min(cost, most);
    }
}
