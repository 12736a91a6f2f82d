package io.tradeops.app.monitor;

import io.tradeops.app.alert.Alert;
import io.tradeops.app.db.DatabaseUnavailableException;
import io.tradeops.app.log.RateLimitedLog;
import io.tradeops.jobs.thread.WatchedLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.glassfish.tyrus.client.ClientManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a price feed. It evaluates each tick, and stores ticks, alerts and the feed's offset together, in batches. Of
 * all monitors of a feed on one database one is active; the others are on standby and take over within seconds. A
 * monitor reconnects with backoff and resumes after its offset. It treats a connection as dead after 15 s without a
 * message. It retries a batch until the database has stored it. Thread-safe.
 */
public final class PriceMonitor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PriceMonitor.class);

    /** Shared with {@link TickBatches}. */
    static final RateLimitedLog outages = new RateLimitedLog(log, "monitor waits for the database");

    private static final long STANDBY_MILLIS = 1_000;
    private static final long DATABASE_RETRY_MILLIS = 500;
    /** Above all timeouts of the feed's and of the lock's connection. */
    private static final Duration LIMIT = Duration.ofSeconds(45);

    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private final MonitorSettings settings;
    private final Journal journal;
    private final BatchListener listener;
    private final LeadershipListener leadership;
    private final MonitorCounters counters = new MonitorCounters();
    private final MonitorProgress progress;
    private final ClientManager container;
    private final Backoff backoff;
    private final WatchedLoop loop;
    private volatile boolean stopped;
    private volatile boolean standby;

    private PriceMonitor(
            MonitorSettings settings,
            Journal journal,
            BatchListener listener,
            LeadershipListener leadership,
            InstantSource clock) {
        this.settings = settings;
        this.journal = journal;
        this.listener = listener;
        this.leadership = leadership;
        this.loop = WatchedLoop.of("monitor", LIMIT, this::run);
        this.progress = new MonitorProgress(clock, loop::beat);
        this.container = FeedClient.newContainer(settings.deadAfter());
        this.backoff = new Backoff(new SplittableRandom(), settings.attempts());
    }

    /**
     * Starts to follow a feed.
     *
     * @param journal stores ticks, alerts and the feed's offset; the monitor closes it
     * @param listener receives alerts once they are stored; the monitor's own thread calls it
     */
    public static PriceMonitor start(
            MonitorSettings settings, PostgresJournal journal, Consumer<List<Alert>> listener) {
        return start(settings, journal, listener, LeadershipListener.NONE);
    }

    /**
     * Starts to follow a feed.
     *
     * @param journal stores ticks, alerts and the feed's offset; the monitor closes it
     * @param listener receives alerts once they are stored; the monitor's own thread calls it
     * @param leadership is called when this monitor becomes the active one or a standby
     */
    public static PriceMonitor start(
            MonitorSettings settings,
            PostgresJournal journal,
            Consumer<List<Alert>> listener,
            LeadershipListener leadership) {
        return start(settings, (Journal) journal, alertsOnly(listener), leadership);
    }

    /**
     * Starts to follow a feed.
     *
     * @param journal stores ticks, alerts and the feed's offset; the monitor closes it
     * @param listener receives ticks and alerts once they are stored
     */
    public static PriceMonitor start(MonitorSettings settings, PostgresJournal journal, BatchListener listener) {
        return start(settings, (Journal) journal, listener, LeadershipListener.NONE);
    }

    /** Starts to follow a feed from its present tick, without storing anything. */
    public static PriceMonitor startWithoutStore(MonitorSettings settings, Consumer<List<Alert>> listener) {
        return start(settings, new NoJournal(), alertsOnly(listener), LeadershipListener.NONE);
    }

    private static BatchListener alertsOnly(Consumer<List<Alert>> listener) {
        return (ticks, alerts) -> {
            if (!alerts.isEmpty()) {
                listener.accept(alerts);
            }
        };
    }

    private static PriceMonitor start(
            MonitorSettings settings, Journal journal, BatchListener listener, LeadershipListener leadership) {
        PriceMonitor monitor = new PriceMonitor(settings, journal, listener, leadership, InstantSource.system());
        monitor.loop.start();
        return monitor;
    }

    /** The monitor's thread. */
    public List<WatchedLoop> loops() {
        return List.of(loop);
    }

    /** Whether this monitor has a connection over which the feed sends messages. */
    public boolean isLive() {
        return progress.isLive();
    }

    /** Whether another monitor is the active one. */
    public boolean isStandby() {
        return standby;
    }

    /** The sequence number of the last stored tick, as of when this monitor was last active; 0 before that. */
    public long lastSeq() {
        return progress.lastSeq();
    }

    /** The age of the newest stored tick in seconds while received ticks wait to be stored; 0 while none wait. */
    public double secondsBehind() {
        return progress.secondsBehind();
    }

    /** The number of received ticks, without those that were unreadable. */
    public long ticksReceived() {
        return counters.ticksReceived.sum();
    }

    /** The number of stored ticks. */
    public long ticksStored() {
        return counters.ticksStored.sum();
    }

    /** The number of stored alerts. */
    public long alertsFound() {
        return counters.alertsFound.sum();
    }

    /** The number of connections to the feed after the first. */
    public long reconnects() {
        return Math.max(0, counters.connections.sum() - 1);
    }

    /** The number of ticks that the feed left out, also when they were requested again. */
    public long lostTicks() {
        return counters.lostTicks.sum();
    }

    /** The number of unreadable messages of the feed, which were skipped. */
    public long badTicks() {
        return counters.badTicks.sum();
    }

    /** The number of ticks that were stored but not evaluated: too late, or beyond the limit of tickers. */
    public long ticksNotEvaluated() {
        return progress.ticksNotEvaluated();
    }

    /** Stops the monitor. Ticks that were received but not stored are requested again by the next monitor. */
    @Override
    public void close() {
        stopped = true;
        loop.stop(STOP_WAIT);
        journal.close();
        container.shutdown();
    }

    /** After a failure, the next round resumes after the last stored tick. */
    private void run() throws InterruptedException {
        try {
            awaitLeadership();
            runActive();
        } catch (DatabaseUnavailableException e) {
            outages.warn(String.valueOf(e.getMessage()));
            TimeUnit.MILLISECONDS.sleep(DATABASE_RETRY_MILLIS);
        } finally {
            progress.live(false);
        }
    }

    private void awaitLeadership() throws InterruptedException {
        while (!journal.acquire()) {
            if (!standby) {
                standby = true;
                log.info("another monitor follows {}; this one is on standby", settings.feedName());
                leadership.onStandby();
            }
            progress.beat();
            TimeUnit.MILLISECONDS.sleep(STANDBY_MILLIS);
        }
        standby = false;
        leadership.onActive();
    }

    /** Connects again after each connection's end, while this monitor is the active one. */
    private void runActive() throws InterruptedException {
        TickBatches batches = new TickBatches(settings, journal, counters, progress, listener);
        SeqWatch watch = new SeqWatch();
        while (!stopped && batches.isActive()) {
            progress.beat();
            long startNanos = System.nanoTime();
            Duration retryAfter = new FeedConversation(settings, container, counters, batches, watch, progress, backoff)
                    .follow(() -> stopped);
            progress.live(false);
            Duration wait = backoff.next(Duration.ofNanos(System.nanoTime() - startNanos));
            TimeUnit.MILLISECONDS.sleep((retryAfter.compareTo(wait) > 0 ? retryAfter : wait).toMillis());
        }
    }
}
