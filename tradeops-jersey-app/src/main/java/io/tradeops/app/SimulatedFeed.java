package io.tradeops.app;

import io.tradeops.app.feed.FeedDriver;
import io.tradeops.app.feed.PriceFeed;
import io.tradeops.app.feed.market.TickSource;
import io.tradeops.app.monitor.FeedOffsets;
import io.tradeops.app.monitor.LeadershipListener;
import io.tradeops.jobs.thread.WatchedLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Publishes a source's ticks in a server's feed while the server's monitor is the active one. So one of all servers on
 * a database publishes. Each starts with sequence numbers that no other has used. Thread-safe.
 */
final class SimulatedFeed implements LeadershipListener, AutoCloseable {

    /** The name of the feed's offset and lock. */
    static final String NAME = "simulated";

    private static final Duration STORE_WAIT = Duration.ofSeconds(3);
    private static final long POLL_NANOS = 5_000_000;

    private final PriceFeed feed;
    private final FeedOffsets offsets;
    private final Supplier<TickSource> source;
    private final int ticksPerSecond;
    private final InstantSource clock;
    /** Changed under the lock. Others read it without, because a change waits for the database. */
    private volatile Optional<FeedDriver> driver = Optional.empty();

    private boolean closed;

    /**
     * Creates a feed that does not publish yet.
     *
     * @param feed the feed to publish in, without ticks
     * @param source creates the source each time that publishing starts
     * @param ticksPerSecond the approximate number of ticks per second
     */
    SimulatedFeed(
            PriceFeed feed, FeedOffsets offsets, Supplier<TickSource> source, int ticksPerSecond, InstantSource clock) {
        this.feed = feed;
        this.offsets = offsets;
        this.source = source;
        this.ticksPerSecond = ticksPerSecond;
        this.clock = clock;
        long last = offsets.lastSeq(NAME);
        // a client that resumes with a number of an earlier server gets a gap, even before this server publishes
        skipTo(last == 0 ? 0 : last + FeedOffsets.BLOCK);
    }

    @Override
    public synchronized void onActive() {
        boolean hasStayedActive = driver.isPresent() && offsets.lastSeq(NAME) <= feed.lastSeq();
        if (closed || hasStayedActive) {
            return;
        }
        onStandby();
        TickSource next = source.get();
        skipTo(offsets.reserve(NAME));
        driver = Optional.of(FeedDriver.start(feed, next, ticksPerSecond, clock));
    }

    @Override
    public synchronized void onStandby() {
        driver.ifPresent(FeedDriver::close);
        driver = Optional.empty();
    }

    /** The thread that publishes; none while another server does. */
    List<WatchedLoop> loops() {
        return driver.map(FeedDriver::loops).orElse(List.of());
    }

    /** Whether this server publishes and has reached the present time. */
    synchronized boolean isCurrent() {
        return driver.map(FeedDriver::isCurrent).orElse(false);
    }

    /** Stops publishing for good, and waits up to 3 s until the monitor has stored the published ticks. */
    void closeAndAwaitStored(LongSupplier lastStored) {
        boolean wasPublishing;
        synchronized (this) {
            wasPublishing = driver.isPresent();
            close();
        }
        long deadline = System.nanoTime() + STORE_WAIT.toNanos();
        while (wasPublishing && lastStored.getAsLong() < feed.lastSeq() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Stops publishing for good. */
    @Override
    public synchronized void close() {
        closed = true;
        onStandby();
    }

    private void skipTo(long seq) {
        long count = seq - feed.lastSeq();
        if (count > 0) {
            feed.skip(count);
        }
    }
}
