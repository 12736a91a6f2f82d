package io.tradeops.app.feed.market;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Ticks of a recording, in its order and with its times, sent as far apart as they were or so many times faster. A tick
 * whose time lies before that of one sent already is sent at once. Not thread-safe.
 */
final class ReplaySource implements TickSource {

    private static final int MOST_TICKS_AT_ONCE = 1_000;

    private final Iterator<TimedTick> ticks;
    private final double speed;
    private final long start;
    private @Nullable TimedTick next;
    private long begin;
    private long reached;

    /**
     * A recording from its beginning.
     *
     * @param ticks its ticks
     * @param start when to send the first, in nanoseconds since 1970
     * @param speed how many times faster than it was
     * @throws IllegalArgumentException if the speed is not positive, or more than a million
     */
    ReplaySource(Iterator<TimedTick> ticks, long start, double speed) {
        if (!(speed > 0 && speed <= 1_000_000)) {
            throw new IllegalArgumentException("speed must be above 0 and at most 1000000: " + speed);
        }
        this.ticks = ticks;
        this.speed = speed;
        this.start = start;
        this.reached = start;
    }

    @Override
    public void advanceTo(long epochNanos, TickPublisher feed) {
        int sent = 0;
        while (peek() && due() <= epochNanos) {
            if (sent++ == MOST_TICKS_AT_ONCE) {
                return; // the rest of it next time, so that clients can follow
            }
            reached = due();
            send(feed);
        }
        reached = Math.max(reached, epochNanos);
    }

    @Override
    public long position() {
        return reached;
    }

    private boolean peek() {
        if (next == null && ticks.hasNext()) {
            next = ticks.next();
            begin = begin == 0 ? next.epochNanos() : begin;
        }
        return next != null;
    }

    private long due() {
        long sinceBegin = next == null ? 0 : next.epochNanos() - begin;
        return Math.max(reached, start + (long) (sinceBegin / speed));
    }

    private void send(TickPublisher feed) {
        if (next != null) {
            next.publish(feed);
            next = null;
        }
    }
}
