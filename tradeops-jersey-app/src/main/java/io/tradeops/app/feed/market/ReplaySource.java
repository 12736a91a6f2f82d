package io.tradeops.app.feed.market;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the ticks of a recording in its order and with its timestamps. The intervals between them are those of the
 * recording, divided by the speed. A tick with an earlier timestamp than its predecessor is published at once. Not
 * thread-safe.
 */
final class ReplaySource implements TickSource {

    private static final int MAX_TICKS_PER_CALL = 1_000;

    private final Iterator<TimedTick> ticks;
    private final double speed;
    private final long start;
    private @Nullable TimedTick next;
    /** The timestamp of the first tick. */
    private long firstNanos;

    private long reached;

    /**
     * A source at the start of a recording.
     *
     * @param ticks the ticks of the recording
     * @param start the time to publish the first tick at, in nanoseconds since 1970
     * @param speed the factor by which it is faster than the recording, above 0, at most 1,000,000
     * @throws IllegalArgumentException if the speed is out of range
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
        int published = 0;
        while (readNext() && due() <= epochNanos) {
            if (published++ == MAX_TICKS_PER_CALL) {
                return; // the rest follows in the next call, so that clients can keep up
            }
            reached = due();
            publishNext(feed);
        }
        reached = Math.max(reached, epochNanos);
    }

    @Override
    public long position() {
        return reached;
    }

    /** Reads the next tick, unless it is read already; whether there is one. */
    private boolean readNext() {
        if (next == null && ticks.hasNext()) {
            next = ticks.next();
            firstNanos = firstNanos == 0 ? next.epochNanos() : firstNanos;
        }
        return next != null;
    }

    /** The time to publish the next tick at. */
    private long due() {
        long sinceFirst = next == null ? 0 : next.epochNanos() - firstNanos;
        return Math.max(reached, start + (long) (sinceFirst / speed));
    }

    private void publishNext(TickPublisher feed) {
        if (next != null) {
            next.publish(feed);
            next = null;
        }
    }
}
