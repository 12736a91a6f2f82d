package io.tradeops.app.monitor;

import io.tradeops.app.alert.Alert;
import io.tradeops.app.db.DatabaseUnavailableException;
import io.tradeops.app.log.RateLimitedLog;
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
 * Follows a price feed: each tick goes through the detector; ticks, alerts and the position are stored together, in
 * batches. Of all monitors of a feed on one database one is active, the others stand by and take over within seconds.
 * Reconnects with backoff and goes on where it was; takes 15 s without a message for a dead connection; keeps a batch
 * until the database takes it. Thread-safe.
 */
public final class PriceMonitor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PriceMonitor.class);

    /** Also of its batches. */
    static final RateLimitedLog outages = new RateLimitedLog(log, "monitor waits for the database");

    private static final long STANDBY_MILLIS = 1_000;
    private static final long DATABASE_RETRY_MILLIS = 500;
    private static final long STOP_MILLIS = 5_000;

    private final MonitorSettings settings;
    private final Journal journal;
    private final BatchListener listener;
    private final LeadershipListener turns;
    private final MonitorCounters counters = new MonitorCounters();
    private final MonitorProgress progress;
    private final ClientManager container;
    private final Backoff backoff;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile boolean standby;

    private PriceMonitor(
            MonitorSettings settings,
            Journal journal,
            BatchListener listener,
            LeadershipListener turns,
            InstantSource clock) {
        this.settings = settings;
        this.journal = journal;
        this.listener = listener;
        this.turns = turns;
        this.progress = new MonitorProgress(clock);
        this.container = FeedClient.newContainer(settings.deadAfter());
        this.backoff = new Backoff(new SplittableRandom(), settings.attempts());
        this.thread = new Thread(this::run, "monitor");
    }

    /**
     * Starts to follow a feed.
     *
     * @param journal where ticks, alerts and the feed's offset are stored; the monitor closes it
     * @param listener is told alerts once they are stored, by the monitor's own thread
     */
    public static PriceMonitor start(
            MonitorSettings settings, PostgresJournal journal, Consumer<List<Alert>> listener) {
        return start(settings, journal, listener, LeadershipListener.NONE);
    }

    /**
     * Starts to follow a feed.
     *
     * @param journal where ticks, alerts and the feed's offset are stored; the monitor closes it
     * @param listener is told alerts once they are stored, by the monitor's own thread
     * @param turns is told when this monitor becomes the active one or a standby
     */
    public static PriceMonitor start(
            MonitorSettings settings,
            PostgresJournal journal,
            Consumer<List<Alert>> listener,
            LeadershipListener turns) {
        return start(settings, (Journal) journal, alertsOnly(listener), turns);
    }

    /**
     * Starts to follow a feed.
     *
     * @param journal where ticks, alerts and the feed's offset are stored; the monitor closes it
     * @param listener is told ticks and alerts once they are stored
     */
    public static PriceMonitor start(MonitorSettings settings, PostgresJournal journal, BatchListener listener) {
        return start(settings, (Journal) journal, listener, LeadershipListener.NONE);
    }

    /** Starts to follow a feed from now on, storing nothing. */
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
            MonitorSettings settings, Journal journal, BatchListener listener, LeadershipListener turns) {
        PriceMonitor monitor = new PriceMonitor(settings, journal, listener, turns, InstantSource.system());
        monitor.thread.start();
        return monitor;
    }

    /** Whether messages come in. */
    public boolean isLive() {
        return progress.isLive();
    }

    /** Whether another monitor is the active one. */
    public boolean isStandby() {
        return standby;
    }

    /** The number of the last tick that is stored. */
    public long lastSeq() {
        return progress.lastSeq();
    }

    /** How long ago the newest stored tick was, if there are others to be stored; 0 if there are none. */
    public double secondsBehind() {
        return progress.secondsBehind();
    }

    /** Ticks that could be read. */
    public long ticksReceived() {
        return counters.ticksReceived.sum();
    }

    /** Ticks that were stored. */
    public long ticksStored() {
        return counters.ticksStored.sum();
    }

    /** Alerts that were stored. */
    public long alertsFound() {
        return counters.alertsFound.sum();
    }

    /** Connections to the feed after the first. */
    public long reconnects() {
        return Math.max(0, counters.connections.sum() - 1);
    }

    /** Ticks whose numbers the feed left out, also when it was asked again. */
    public long lostTicks() {
        return counters.lostTicks.sum();
    }

    /** Messages of the feed that could not be read and were passed over. */
    public long badTicks() {
        return counters.badTicks.sum();
    }

    /** Ticks that were stored but not evaluated: too late, or of one ticker too many. */
    public long ticksNotEvaluated() {
        return progress.ticksNotEvaluated();
    }

    /** Stops; what was received and not stored yet is asked for again next time. */
    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        container.shutdown();
    }

    private void run() {
        try {
            while (!stopped) {
                try {
                    awaitTurn();
                    lead();
                } catch (DatabaseUnavailableException e) {
                    outages.warn(String.valueOf(e.getMessage()));
                    TimeUnit.MILLISECONDS.sleep(DATABASE_RETRY_MILLIS);
                } catch (RuntimeException e) {
                    log.error("the monitor failed; it goes on after tick {}", lastSeq(), e);
                    TimeUnit.MILLISECONDS.sleep(backoff.next(Duration.ZERO).toMillis());
                }
            }
        } catch (InterruptedException e) {
            log.debug("monitor was interrupted");
        } finally {
            progress.live(false);
            journal.close();
        }
    }

    private void awaitTurn() throws InterruptedException {
        while (!journal.acquire()) {
            if (!standby) {
                standby = true;
                log.info("another monitor follows {}; standing by", settings.feedName());
                turns.onStandby();
            }
            TimeUnit.MILLISECONDS.sleep(STANDBY_MILLIS);
        }
        standby = false;
        turns.onActive();
    }

    /** Connects again and again, for as long as this monitor is the active one. */
    private void lead() throws InterruptedException {
        TickBatches batches = new TickBatches(settings, journal, counters, progress, listener);
        SeqWatch watch = new SeqWatch();
        while (!stopped && batches.isOurs()) {
            long begun = System.nanoTime();
            Duration asked = new FeedConversation(settings, container, counters, batches, watch, progress, backoff)
                    .follow(() -> stopped);
            progress.live(false);
            Duration wait = backoff.next(Duration.ofNanos(System.nanoTime() - begun));
            TimeUnit.MILLISECONDS.sleep((asked.compareTo(wait) > 0 ? asked : wait).toMillis());
        }
    }
}
