package io.tradeops.app.monitor;

import io.tradeops.app.db.MaskedUrl;
import io.tradeops.core.window.PriceMoveRule;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The feed that a monitor follows, and how. Immutable.
 *
 * @param feed the feed's address, {@code ws://…} or {@code wss://…}
 * @param feedName the name of the feed's offset and lock
 * @param key the API key for the feed; empty if it needs none
 * @param subscription the messages that subscribe to the feed
 * @param rules the rules of the alerts
 * @param deadAfter a connection is dead after this time without a message
 * @param attempts the limits of the delays between attempts to connect
 * @param ticksToRestore the number of ticks after which a detector snapshot is stored, at least 1: about the most ticks
 *     that a start evaluates again
 */
public record MonitorSettings(
        URI feed,
        String feedName,
        String key,
        FeedSubscription subscription,
        List<PriceMoveRule> rules,
        Duration deadAfter,
        Backoff.Limits attempts,
        int ticksToRestore) {

    /** About a second's work. The snapshot has a few megabytes at 50,000 ticks/s. */
    private static final int TICKS_TO_RESTORE = 250_000;

    private static final Duration DEAD_AFTER = Duration.ofSeconds(15);

    /**
     * Copies the rules.
     *
     * @throws IllegalArgumentException if {@code ticksToRestore} is less than 1
     */
    public MonitorSettings {
        rules = List.copyOf(rules);
        if (ticksToRestore < 1) {
            throw new IllegalArgumentException("ticksToRestore must be at least 1: " + ticksToRestore);
        }
    }

    /**
     * Settings without a key and with the defaults: dead after 15 s without a message, attempts 0.25 s to 30 s apart.
     */
    public static MonitorSettings of(
            URI feed, String feedName, FeedSubscription subscription, List<PriceMoveRule> rules) {
        return new MonitorSettings(
                feed, feedName, "", subscription, rules, DEAD_AFTER, Backoff.Limits.DEFAULT, TICKS_TO_RESTORE);
    }

    /** Derives a feed's name from its address, with secrets masked, so that a feed with a new key is still the same. */
    public static String nameOf(URI feed) {
        return MaskedUrl.of(feed.toString());
    }

    /** Returns these settings with an API key. */
    public MonitorSettings withKey(String newKey) {
        return new MonitorSettings(feed, feedName, newKey, subscription, rules, deadAfter, attempts, ticksToRestore);
    }

    @Override
    public String toString() {
        return "MonitorSettings[" + feedName + "]";
    }

    MonitorSettings withTimes(Duration newDeadAfter, Backoff.Limits newAttempts) {
        return new MonitorSettings(feed, feedName, key, subscription, rules, newDeadAfter, newAttempts, ticksToRestore);
    }

    MonitorSettings withTicksToRestore(int ticks) {
        return new MonitorSettings(feed, feedName, key, subscription, rules, deadAfter, attempts, ticks);
    }
}
