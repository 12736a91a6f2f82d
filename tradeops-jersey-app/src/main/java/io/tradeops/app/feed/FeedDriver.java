package io.tradeops.app.feed;

import io.tradeops.app.feed.market.TickSource;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.jobs.thread.WatchedLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Advances a source's time with the clock. A source that starts in the past catches up quickly, but not faster than its
 * clients read. Thread-safe.
 */
public final class FeedDriver implements AutoCloseable {

    private static final long LONGEST_PERIOD_MILLIS = 5;
    private static final long MAX_TICKS_PER_STEP = 100;
    /** For any rate of ticks. With shorter steps, a fast source's time would fall behind the clock. */
    private static final Duration SHORTEST_STEP = Duration.ofMillis(8 * LONGEST_PERIOD_MILLIS);

    private static final Duration LONGEST_STEP = Duration.ofSeconds(20);
    private static final long CLIENT_WAIT_SECONDS = 10;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration STOP_WAIT = Duration.ofSeconds(2);

    private final PriceFeed feed;
    private final TickSource source;
    private final InstantSource clock;
    private final long stepNanos;
    private final WatchedLoop loop;
    private final long startNanos = System.nanoTime();
    private volatile boolean current;
    /** Whether one step is not enough to reach the clock: in the past, or in a recording that is sent too fast. */
    private boolean backlogged = true;

    private FeedDriver(PriceFeed feed, TickSource source, int ticksPerSecond, InstantSource clock) {
        this.feed = feed;
        this.source = source;
        this.clock = clock;
        long step = TimeUnit.SECONDS.toNanos(MAX_TICKS_PER_STEP) / ticksPerSecond;
        this.stepNanos = Math.max(SHORTEST_STEP.toNanos(), Math.min(LONGEST_STEP.toNanos(), step));
        long period = Math.max(1, Math.min(LONGEST_PERIOD_MILLIS, 1_000 / ticksPerSecond));
        this.loop = WatchedLoop.of("feed-source", LIMIT, this::step).withPause(Duration.ofMillis(period));
    }

    /**
     * Starts to publish a source's ticks to a feed.
     *
     * @param ticksPerSecond the source's approximate ticks per second of its own time, at least 1
     */
    public static FeedDriver start(PriceFeed feed, TickSource source, int ticksPerSecond, InstantSource clock) {
        FeedDriver driver = new FeedDriver(feed, source, ticksPerSecond, clock);
        driver.loop.start();
        return driver;
    }

    /** The thread that publishes. */
    public List<WatchedLoop> loops() {
        return List.of(loop);
    }

    /** Whether the source has caught up with the clock. */
    public boolean isCurrent() {
        return current;
    }

    /** Stops publishing. No tick is published afterwards. */
    @Override
    public void close() {
        loop.stop(STOP_WAIT);
    }

    private void step() {
        long now = EpochNanos.of(clock.instant());
        if (backlogged && now - source.position() > stepNanos && mustWait()) {
            return; // not if only this thread was late: backlogged is false then
        }
        long target = Math.min(now, source.position() + stepNanos);
        source.advanceTo(target, feed);
        current = target == now;
        backlogged = source.position() < target || (backlogged && !current);
    }

    /** A source in the past waits for a first client for a while, and for a client that reads but is far behind. */
    private boolean mustWait() {
        boolean early = System.nanoTime() - startNanos < TimeUnit.SECONDS.toNanos(CLIENT_WAIT_SECONDS);
        return (feed.connectionCount() == 0 && early) || feed.hasClientFarBehind();
    }
}
