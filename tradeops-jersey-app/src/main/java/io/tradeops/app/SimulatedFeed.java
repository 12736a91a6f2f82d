package io.tradeops.app;

import io.tradeops.app.feed.FeedDriver;
import io.tradeops.app.feed.PriceFeed;
import io.tradeops.app.feed.market.TickSource;
import io.tradeops.app.monitor.FeedOffsets;
import io.tradeops.app.monitor.LeadershipListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Publishes a source in a server's feed while the server's monitor is the active one: of all servers on a database one
 * publishes, and each begins with numbers that no other has given. Thread-safe.
 */
final class SimulatedFeed implements LeadershipListener, AutoCloseable {

    /** What its position is stored under, and its lock named by. */
    static final String NAME = "simulated";

    private static final Duration STORE_WAIT = Duration.ofSeconds(3);
    private static final long POLL_NANOS = 5_000_000;

    private final PriceFeed feed;
    private final FeedOffsets offsets;
    private final Supplier<TickSource> source;
    private final int ticksPerSecond;
    private final InstantSource clock;
    private Optional<FeedDriver> driver = Optional.empty();
    private boolean closed;

    /**
     * A feed that is not published yet.
     *
     * @param feed where it is published, in which nothing is yet
     * @param source gives the source each time that the publishing begins
     * @param ticksPerSecond about how many ticks it has
     */
    SimulatedFeed(
            PriceFeed feed, FeedOffsets offsets, Supplier<TickSource> source, int ticksPerSecond, InstantSource clock) {
        this.feed = feed;
        this.offsets = offsets;
        this.source = source;
        this.ticksPerSecond = ticksPerSecond;
        this.clock = clock;
        long last = offsets.lastSeq(NAME);
        passOverTo(last == 0 ? 0 : last + FeedOffsets.BLOCK); // who comes back with a number is told so from the start
    }

    @Override
    public synchronized void onActive() {
        boolean goesOn = driver.isPresent() && offsets.lastSeq(NAME) <= feed.lastSeq();
        if (closed || goesOn) {
            return;
        }
        onStandby();
        TickSource next = source.get();
        passOverTo(offsets.reserve(NAME));
        driver = Optional.of(FeedDriver.start(feed, next, ticksPerSecond, clock));
    }

    @Override
    public synchronized void onStandby() {
        driver.ifPresent(FeedDriver::close);
        driver = Optional.empty();
    }

    /** Whether it is published and has come to the present. */
    synchronized boolean isCurrent() {
        return driver.map(FeedDriver::isCurrent).orElse(false);
    }

    /** Stops to publish for good, and gives the monitor a moment to store what was published. */
    void closeBefore(LongSupplier lastStored) {
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

    /** Stops to publish for good. */
    @Override
    public synchronized void close() {
        closed = true;
        onStandby();
    }

    private void passOverTo(long seq) {
        long count = seq - feed.lastSeq();
        if (count > 0) {
            feed.skip(count);
        }
    }
}
