package io.tradeops.app.monitor;

import io.tradeops.app.feed.FeedMessage.Tick;
import io.tradeops.core.trade.EpochNanos;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What a monitor has done since it was started, and how far it is behind. Thread-safe. */
public final class MonitorProgress {

    private static final long NONE = -1;

    private final InstantSource clock;
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong alerts = new AtomicLong();
    private volatile long pendingNanos = NONE;
    private volatile long lastLagNanos;

    MonitorProgress(InstantSource clock) {
        this.clock = clock;
    }

    /** Ticks that came in for the first time. */
    public long ticksReceived() {
        return received.get();
    }

    /** Ticks that are stored. */
    public long ticksStored() {
        return stored.get();
    }

    /** Alerts that were found and stored. */
    public long alerts() {
        return alerts.get();
    }

    /** Connections to the feed after the first. */
    public long reconnects() {
        return Math.max(0, connections.get() - 1);
    }

    /** How old the newest tick was when it was stored; while one waits for the database, how old that is now. */
    public double secondsBehind() {
        long pending = pendingNanos;
        return (pending == NONE ? lastLagNanos : age(pending)) / 1e9;
    }

    void connected() {
        connections.incrementAndGet();
    }

    void received(List<Tick> batch) {
        received.addAndGet(batch.size());
        pendingNanos = batch.get(batch.size() - 1).epochNanos();
    }

    void stored(int ticks, int alertsFound) {
        stored.addAndGet(ticks);
        alerts.addAndGet(alertsFound);
        lastLagNanos = age(pendingNanos);
        pendingNanos = NONE;
    }

    private long age(long epochNanos) {
        return Math.max(0, EpochNanos.of(clock.instant()) - epochNanos);
    }
}
