package io.tradeops.app.monitor;

import io.tradeops.app.db.MaskedUrl;
import io.tradeops.app.feed.wire.FeedMessage;
import io.tradeops.app.feed.wire.FrameReader;
import io.tradeops.app.log.RateLimitedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.glassfish.tyrus.client.ClientManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said over one connection to a feed. Not thread-safe. */
final class FeedConversation {

    private static final Logger log = LoggerFactory.getLogger(FeedConversation.class);

    private static final RateLimitedLog losses =
            new RateLimitedLog(log, "sequence numbers that the feed does not have");

    private static final int MAX_BATCH = 5_000;
    private static final long POLL_MILLIS = 100;
    private static final long FIRST_SEQ = 1;
    private static final Duration LONGEST_ASKED_WAIT = Duration.ofSeconds(30);

    private final MonitorSettings settings;
    private final ClientManager container;
    private final MonitorCounters counters;
    private final TickBatches batches;
    private final SeqWatch watch;
    private final MonitorProgress progress;
    private final Backoff backoff;
    private final String shown;
    private Duration askedWait = Duration.ZERO;
    private boolean restarts;
    private boolean asksAgain;

    FeedConversation(
            MonitorSettings settings,
            ClientManager container,
            MonitorCounters counters,
            TickBatches batches,
            SeqWatch watch,
            MonitorProgress progress,
            Backoff backoff) {
        this.settings = settings;
        this.container = container;
        this.counters = counters;
        this.batches = batches;
        this.watch = watch;
        this.progress = progress;
        this.backoff = backoff;
        this.shown = MaskedUrl.of(settings.feed().toString());
    }

    /** Connects and follows the feed to the connection's end.
     *
     * @return how long the feed has asked to wait before it is connected to again */
    Duration follow(BooleanSupplier stopped) throws InterruptedException {
        List<String> messages = settings.subscription().messages(batches.nextSeq());
        watch.connected(batches.nextSeq());
        ConnectionTicks ticks = progress.newConnection();
        try (FeedClient client =
                FeedClient.connect(container, settings.feed(), settings.key(), messages, counters, ticks)) {
            counters.connections.increment();
            log.info("following {} after tick {}", shown, progress.lastSeq());
            while (!stopped.getAsBoolean() && client.isOpen() && batches.isOurs() && !restarts && !asksAgain) {
                client.sendNext();
                List<FeedMessage> received = client.take(MAX_BATCH, POLL_MILLIS);
                if (!received.isEmpty()) {
                    progress.live(true);
                    handle(received);
                } else if (client.silentNanos() > settings.deadAfter().toNanos()) {
                    log.warn(
                            "feed {} has been silent for {} s; reconnecting",
                            shown,
                            settings.deadAfter().toSeconds());
                    break;
                }
            }
        } catch (IOException e) {
            log.warn("feed {} can't be reached: {}", shown, e.getMessage());
        }
        progress.newConnection();
        return askedWait;
    }

    private void handle(List<FeedMessage> messages) throws InterruptedException {
        List<FeedMessage> ticks = new ArrayList<>(messages.size());
        for (FeedMessage message : messages) {
            if (restarts || asksAgainFor(message)) {
                break; // what follows comes again, in its place
            }
            if (message instanceof FeedMessage.TickMessage || message instanceof FeedMessage.VendorTrade) {
                ticks.add(message);
            } else {
                handle(message);
            }
        }
        if (!ticks.isEmpty()) {
            backoff.reset();
            batches.take(ticks);
        }
        if (restarts) {
            log.warn("feed {} has restarted its sequence; resuming from its first tick", shown);
            batches.restartSequence();
            watch.restartSequence();
        }
    }

    /** Whether ticks before a message did not come that are to be asked for again. */
    private boolean asksAgainFor(FeedMessage message) {
        Optional<SeqWatch.Hole> found = settings.subscription().isOfOurFeed() ? watch.next(message) : Optional.empty();
        if (found.isEmpty()) {
            return false;
        }
        SeqWatch.Hole hole = found.get();
        asksAgain = watch.asksAgain(hole, System.nanoTime());
        if (asksAgain) {
            log.warn("ticks {} to {} of {} did not come; asking for them again", hole.fromSeq(), hole.toSeq(), shown);
        } else if (hole.fromSeq() > FIRST_SEQ) { // else the feed's first number is not 1
            counters.lostTicks.add(hole.size());
            losses.warn("ticks " + hole.fromSeq() + " to " + hole.toSeq() + " of " + shown);
        }
        return asksAgain;
    }

    private void handle(FeedMessage message) {
        if (message instanceof FeedMessage.Heartbeat) {
            backoff.reset();
        } else if (message instanceof FeedMessage.Gap gap && !gap.reason().equals(FrameReader.UNREADABLE)) {
            log.warn("feed {} no longer retains ticks {} to {}", shown, gap.fromSeq(), gap.toSeq());
        } else if (message instanceof FeedMessage.Failure error) {
            log.warn("feed {} answered {}: {}", shown, error.code(), error.message());
            restarts = error.code() == FeedMessage.Failure.BEYOND_LAST;
        } else if (message instanceof FeedMessage.Shutdown shutdown) {
            long millis = Math.min(Math.max(0, shutdown.retryAfterMillis()), LONGEST_ASKED_WAIT.toMillis());
            askedWait = Duration.ofMillis(millis);
        }
    }
}
