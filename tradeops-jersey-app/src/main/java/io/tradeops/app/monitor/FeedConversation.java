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

/** Follows a feed over one connection, from connecting to the connection's end. Not thread-safe. */
final class FeedConversation {

    private static final Logger log = LoggerFactory.getLogger(FeedConversation.class);

    private static final RateLimitedLog losses =
            new RateLimitedLog(log, "sequence numbers that the feed does not have");

    private static final int MAX_BATCH = 5_000;
    private static final long POLL_MILLIS = 100;
    private static final long FIRST_SEQ = 1;
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(30);

    private final MonitorSettings settings;
    private final ClientManager container;
    private final MonitorCounters counters;
    private final TickBatches batches;
    private final SeqWatch watch;
    private final MonitorProgress progress;
    private final Backoff backoff;
    private final String maskedUrl;
    private Duration retryAfter = Duration.ZERO;
    private boolean sequenceRestarted;
    private boolean requestsAgain;

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
        this.maskedUrl = MaskedUrl.of(settings.feed().toString());
    }

    /** Connects, and follows the feed until the connection ends or is given up.
     *
     * @return how long the feed has asked the monitor to wait before the next connection; zero if it has not */
    Duration follow(BooleanSupplier stopped) throws InterruptedException {
        List<String> messages = settings.subscription().messages(batches.nextSeq());
        watch.onConnect(batches.nextSeq());
        ConnectionTicks ticks = progress.newConnection();
        try (FeedClient client =
                FeedClient.connect(container, settings.feed(), settings.key(), messages, counters, ticks)) {
            counters.connections.increment();
            log.info("following {} after tick {}", maskedUrl, progress.lastSeq());
            boolean isAlive = true;
            while (isAlive && !stopped.getAsBoolean() && client.isOpen() && batches.isActive() && !needsReconnect()) {
                progress.beat();
                client.sendNext();
                isAlive = receive(client);
            }
        } catch (IOException e) {
            log.warn("connecting to feed {} failed: {}", maskedUrl, e.getMessage());
        }
        progress.newConnection();
        return retryAfter;
    }

    private boolean needsReconnect() {
        return sequenceRestarted || requestsAgain;
    }

    /** Handles the messages that have arrived. Returns false if there has been none for too long. */
    private boolean receive(FeedClient client) throws InterruptedException {
        List<FeedMessage> received = client.take(MAX_BATCH, POLL_MILLIS);
        if (!received.isEmpty()) {
            progress.live(true);
            handle(received);
        } else if (client.silentNanos() > settings.deadAfter().toNanos()) {
            log.warn(
                    "feed {} has been silent for {} s; reconnecting",
                    maskedUrl,
                    settings.deadAfter().toSeconds());
            return false;
        }
        return true;
    }

    private void handle(List<FeedMessage> messages) throws InterruptedException {
        List<FeedMessage> ticks = new ArrayList<>(messages.size());
        for (FeedMessage message : messages) {
            if (sequenceRestarted || requestsAgainBefore(message)) {
                break; // the next connection gets this message and the later ones again, in order
            }
            if (message instanceof FeedMessage.TickMessage || message instanceof FeedMessage.VendorTrade) {
                ticks.add(message);
            } else {
                handle(message);
            }
        }
        if (!ticks.isEmpty()) {
            backoff.reset();
            batches.store(ticks);
        }
        if (sequenceRestarted) {
            log.warn("feed {} has restarted its sequence; resuming from its first tick", maskedUrl);
            batches.restartSequence();
            watch.restartSequence();
        }
    }

    /** Whether ticks before a message are missing and are to be requested again. */
    private boolean requestsAgainBefore(FeedMessage message) {
        Optional<SeqWatch.Hole> found =
                settings.subscription().isOfOurFeed() ? watch.onMessage(message) : Optional.empty();
        if (found.isEmpty()) {
            return false;
        }
        SeqWatch.Hole hole = found.get();
        requestsAgain = watch.shouldRequestAgain(hole, System.nanoTime());
        if (requestsAgain) {
            log.warn(
                    "ticks {} to {} of {} are missing; requesting them again", hole.fromSeq(), hole.toSeq(), maskedUrl);
        } else if (hole.fromSeq() > FIRST_SEQ) { // else the feed starts with a number above 1
            counters.lostTicks.add(hole.size());
            losses.warn("ticks " + hole.fromSeq() + " to " + hole.toSeq() + " of " + maskedUrl);
        }
        return requestsAgain;
    }

    private void handle(FeedMessage message) {
        if (message instanceof FeedMessage.Heartbeat) {
            backoff.reset();
        } else if (message instanceof FeedMessage.Gap gap && !gap.reason().equals(FrameReader.UNREADABLE)) {
            log.warn("feed {} no longer retains ticks {} to {}", maskedUrl, gap.fromSeq(), gap.toSeq());
        } else if (message instanceof FeedMessage.Failure error) {
            log.warn("feed {} answered {}: {}", maskedUrl, error.code(), error.message());
            sequenceRestarted = error.code() == FeedMessage.Failure.BEYOND_LAST;
        } else if (message instanceof FeedMessage.Shutdown shutdown) {
            long millis = Math.min(Math.max(0, shutdown.retryAfterMillis()), LONGEST_RETRY_AFTER.toMillis());
            retryAfter = Duration.ofMillis(millis);
        }
    }
}
