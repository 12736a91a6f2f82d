package io.tradeops.app.monitor;

import io.tradeops.app.alert.Alert;
import io.tradeops.app.db.DatabaseUnavailableException;
import io.tradeops.app.db.MaskedUrl;
import io.tradeops.app.feed.FeedMessage;
import io.tradeops.app.feed.FeedMessage.Tick;
import io.tradeops.core.window.PriceMoveRule;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.glassfish.tyrus.client.ClientManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a price feed: each tick goes through the detector; ticks, alerts and the position are stored together, in
 * batches. Reconnects with backoff and goes on where it was; takes 15 s without a message for a dead connection; keeps a
 * batch until the database takes it. Thread-safe.
 */
public final class PriceMonitor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PriceMonitor.class);

    private static final Duration DEAD_AFTER = Duration.ofSeconds(15);
    private static final int MAX_BATCH = 5_000;
    private static final long POLL_MILLIS = 100;
    private static final long DATABASE_RETRY_MILLIS = 500;
    private static final long STOP_MILLIS = 5_000;

    private final URI feed;
    private final String shown;
    private final String feedName;
    private final String key;
    private final List<PriceMoveRule> rules;
    private final MonitorStore store;
    private final TickRepository ticks;
    private final ClientManager container = FeedClient.newContainer();
    private final Backoff backoff = new Backoff(new SplittableRandom());
    private final Duration deadAfter;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile boolean live;
    private volatile long lastSeq;
    private final MonitorProgress progress = new MonitorProgress(InstantSource.system());

    private PriceMonitor(
            URI feed,
            String feedName,
            String key,
            List<PriceMoveRule> rules,
            MonitorStore store,
            TickRepository ticks,
            Duration deadAfter) {
        this.feed = feed;
        this.key = key;
        this.shown = MaskedUrl.of(feed.toString());
        this.feedName = feedName;
        this.rules = List.copyOf(rules);
        this.store = store;
        this.ticks = ticks;
        this.deadAfter = deadAfter;
        this.thread = new Thread(this::run, "monitor");
    }

    /**
     * Starts to follow a feed.
     *
     * @param feed its address, {@code ws://…} or {@code wss://…}
     * @param feedName what its position is stored under
     * @param key the API key that it asks for; empty if it asks for none
     * @param rules which moves are alerts
     */
    public static PriceMonitor start(
            URI feed,
            String feedName,
            String key,
            List<PriceMoveRule> rules,
            MonitorStore store,
            TickRepository ticks) {
        return start(new PriceMonitor(feed, feedName, key, rules, store, ticks, DEAD_AFTER));
    }

    /** As the other, without a key, with the time without a message after which a connection is dead. */
    static PriceMonitor start(
            URI feed,
            String feedName,
            List<PriceMoveRule> rules,
            MonitorStore store,
            TickRepository ticks,
            Duration deadAfter) {
        return start(new PriceMonitor(feed, feedName, "", rules, store, ticks, deadAfter));
    }

    private static PriceMonitor start(PriceMonitor monitor) {
        monitor.thread.start();
        return monitor;
    }

    /** Whether messages come in. */
    public boolean isLive() {
        return live;
    }

    /** What it has done so far, and how far it is behind. */
    public MonitorProgress progress() {
        return progress;
    }

    /** The number of the last tick that is stored. */
    public long lastSeq() {
        return lastSeq;
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
            AlertDetector detector = untilAvailable(this::restore);
            while (!stopped) {
                try {
                    follow(detector);
                } catch (RuntimeException e) {
                    log.error("the monitor failed; it goes on from tick {}", lastSeq + 1, e);
                    detector = untilAvailable(this::restore);
                }
                live = false;
                TimeUnit.MILLISECONDS.sleep(backoff.nextMillis());
            }
        } catch (InterruptedException e) {
            log.debug("monitor was interrupted");
        } finally {
            live = false;
        }
    }

    /** The detector as it was when the last stored tick had passed through it. */
    private AlertDetector restore() {
        lastSeq = store.lastSeq(feedName);
        Duration longest = rules.stream()
                .map(PriceMoveRule::window)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        AlertDetector detector = new AlertDetector(rules);
        // the oldest tick that still counts was itself judged by the window before it
        ticks.forEachNewest(longest.multipliedBy(2), detector::onTick);
        return detector;
    }

    /** One connection, from connect to its end. */
    private void follow(AlertDetector detector) throws InterruptedException {
        try (FeedClient client = FeedClient.connect(container, feed, key, lastSeq + 1)) {
            log.info("following {} from tick {}", shown, lastSeq + 1);
            progress.connected();
            while (!stopped && client.isOpen()) {
                List<FeedMessage> messages = client.take(MAX_BATCH, POLL_MILLIS);
                if (!messages.isEmpty()) {
                    live = true;
                    backoff.reset();
                    if (handle(messages, detector)) {
                        return;
                    }
                } else if (client.silentNanos() > deadAfter.toNanos()) {
                    log.warn("feed {} has been silent for {} s; reconnecting", shown, deadAfter.toSeconds());
                    return;
                }
            }
        } catch (IOException e) {
            log.warn("feed {} can't be reached: {}", shown, e.getMessage());
        }
    }

    /** Whether the feed is not the one that was followed so far, and must be asked for its beginning. */
    private boolean handle(List<FeedMessage> messages, AlertDetector detector) throws InterruptedException {
        List<Tick> batch = new ArrayList<>();
        List<Alert> alerts = new ArrayList<>();
        long newest = lastSeq;
        boolean startedAnew = false;
        for (FeedMessage message : messages) {
            if (message instanceof Tick tick) {
                if (tick.seq() > newest) {
                    newest = tick.seq();
                    batch.add(tick);
                    alerts.addAll(detector.onTick(tick));
                }
            } else if (message instanceof FeedMessage.Gap gap) {
                log.warn("feed {} no longer holds ticks {} to {}", shown, gap.fromSeq(), gap.toSeq());
            } else if (message instanceof FeedMessage.Failure error) {
                log.warn("feed {} answered {}: {}", shown, error.code(), error.message());
                if (error.code() == FeedMessage.Failure.BEYOND_LAST) {
                    startedAnew = true;
                    break; // what follows comes again, in its place
                }
            }
        }
        if (!batch.isEmpty()) {
            progress.received(batch);
            untilAvailable(() -> {
                store.save(feedName, batch, alerts);
                return true;
            });
            progress.stored(batch.size(), alerts.size());
            lastSeq = newest;
        }
        if (startedAnew) {
            log.warn("feed {} counts from the beginning again", shown);
            lastSeq = 0;
        }
        return startedAnew;
    }

    /** Tries work again until the database is there for it. */
    private <T> T untilAvailable(Supplier<T> work) throws InterruptedException {
        while (true) {
            try {
                return work.get();
            } catch (DatabaseUnavailableException e) {
                log.warn("monitor waits for the database: {}", e.getMessage());
                TimeUnit.MILLISECONDS.sleep(DATABASE_RETRY_MILLIS);
            }
        }
    }
}
