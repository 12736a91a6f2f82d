package io.tradeops.app.monitor;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.Tick;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** How far a monitor has come. Written by the monitor's thread alone, read by any: thread-safe. */
final class MonitorProgress {

    /** A feed's clock may be that much ahead of ours. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    private static final double NANOS_PER_SECOND = 1e9;

    private final InstantSource clock;
    private volatile boolean live;
    private volatile long lastSeq;
    private volatile long newestStoredNanos;
    private volatile ConnectionTicks connection = new ConnectionTicks();
    private volatile long ticksNotEvaluated;

    MonitorProgress(InstantSource clock) {
        this.clock = clock;
    }

    boolean isLive() {
        return live;
    }

    void live(boolean now) {
        live = now;
    }

    /** The number of the last tick that is stored. */
    long lastSeq() {
        return lastSeq;
    }

    void lastSeq(long seq) {
        lastSeq = seq;
    }

    /**
     * Ticks were stored before this monitor began. If their newest time is from the future, the next best is taken.
     *
     * @param newestNanos the newest time of all of them, in nanoseconds since 1970; 0 if there are none
     * @param slowestNanos that of the ticker that is furthest behind
     */
    void restored(long newestNanos, long slowestNanos) {
        newestStoredNanos = newestNanos > latest() ? slowestNanos : newestNanos;
    }

    /** A batch is stored. How far behind the monitor is, is told by its newest tick that is not from the future. */
    void stored(List<Tick> batch) {
        long latest = latest();
        long newest = 0;
        for (Tick tick : batch) {
            newest = newest(newest, tick, latest);
        }
        if (newest != 0) {
            newestStoredNanos = newest;
        }
        lastSeq = batch.get(batch.size() - 1).seq();
    }

    private long latest() {
        return EpochNanos.of(clock.instant().plus(CLOCK_SKEW));
    }

    private static long newest(long before, Tick tick, long latest) {
        return tick.epochNanos() > latest ? before : Math.max(before, tick.epochNanos());
    }

    /** How long ago the newest stored tick was, if there are others to be stored; 0 if there are none. */
    double secondsBehind() {
        long newest = newestStoredNanos;
        if (newest == 0 || !connection.areWaiting()) {
            return 0;
        }
        Instant now = clock.instant();
        return Math.max(0, EpochNanos.of(now) - newest) / NANOS_PER_SECOND;
    }

    /** The ticks of the connection of this moment. */
    ConnectionTicks connection() {
        return connection;
    }

    /** What was received over the last connection and not stored is given up: it is asked for again. */
    ConnectionTicks newConnection() {
        ConnectionTicks ticks = new ConnectionTicks();
        connection = ticks;
        return ticks;
    }

    long ticksNotEvaluated() {
        return ticksNotEvaluated;
    }

    void ticksNotEvaluated(long count) {
        ticksNotEvaluated = count;
    }
}
