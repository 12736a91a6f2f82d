package io.tradeops.app.monitor;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.Tick;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The progress of a monitor. Only the monitor's thread changes it; any thread may read it. Thread-safe. */
final class MonitorProgress {

    /** The largest difference that we allow between the feed's clock and ours. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    private static final double NANOS_PER_SECOND = 1e9;

    private final InstantSource clock;
    private final Runnable beat;
    private volatile boolean live;
    private volatile long lastSeq;
    private volatile long newestStoredNanos;
    private volatile ConnectionTicks connection = new ConnectionTicks();
    private volatile long ticksNotEvaluated;

    MonitorProgress(InstantSource clock) {
        this(clock, () -> {});
    }

    /** Creates the progress of a monitor that calls {@code beat} wherever it may stay for long. */
    MonitorProgress(InstantSource clock, Runnable beat) {
        this.clock = clock;
        this.beat = beat;
    }

    /** The monitor works, or waits for something that is known to be away. */
    void beat() {
        beat.run();
    }

    boolean isLive() {
        return live;
    }

    void live(boolean now) {
        live = now;
    }

    /** The sequence number of the last stored tick; 0 if none is known. */
    long lastSeq() {
        return lastSeq;
    }

    void lastSeq(long seq) {
        lastSeq = seq;
    }

    /**
     * Ticks were stored before this monitor started. If the newest of their times is from the future, the lag is
     * measured from the slowest ticker's time instead.
     *
     * @param newestNanos the newest time of all these ticks, in nanoseconds since 1970; 0 if there are none
     * @param slowestNanos the newest time of the ticker that is furthest behind, in nanoseconds since 1970
     */
    void restored(long newestNanos, long slowestNanos) {
        newestStoredNanos = newestNanos > latestPlausible() ? slowestNanos : newestNanos;
    }

    /** A batch is stored. From now on the lag is measured from its newest tick that is not from the future. */
    void stored(List<Tick> batch) {
        long latest = latestPlausible();
        long newest = 0;
        for (Tick tick : batch) {
            newest = newest(newest, tick, latest);
        }
        if (newest != 0) {
            newestStoredNanos = newest;
        }
        lastSeq = batch.get(batch.size() - 1).seq();
    }

    private long latestPlausible() {
        return EpochNanos.of(clock.instant().plus(CLOCK_SKEW));
    }

    private static long newest(long before, Tick tick, long latest) {
        return tick.epochNanos() > latest ? before : Math.max(before, tick.epochNanos());
    }

    /** The age of the newest stored tick in seconds while received ticks wait to be stored; 0 while none wait. */
    double secondsBehind() {
        long newest = newestStoredNanos;
        if (newest == 0 || !connection.hasPending()) {
            return 0;
        }
        Instant now = clock.instant();
        return Math.max(0, EpochNanos.of(now) - newest) / NANOS_PER_SECOND;
    }

    /** The ticks of the present connection. */
    ConnectionTicks connection() {
        return connection;
    }

    /** Replaces the connection. Ticks of the last one that are not stored are requested again, so they do not wait. */
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
