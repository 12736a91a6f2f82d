package io.tradeops.app.monitor;

import io.tradeops.app.db.MaskedUrl;
import io.tradeops.core.window.PriceMoveRule;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Which feed is followed, and how. Immutable.
 *
 * @param feed the feed's address, {@code ws://…} or {@code wss://…}
 * @param feedName what its position is stored under, and its lock named by
 * @param key the API key that the feed asks for; empty if it asks for none
 * @param subscription how its ticks are asked for
 * @param rules which moves are alerts
 * @param deadAfter how long a connection may be without a message
 * @param attempts how far apart attempts to connect are
 * @param ticksToRestore about how many stored ticks a start has to see again at most, at least 1
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

    /** A second's work; what is kept for it is a few megabytes at 50,000 ticks/s. */
    private static final int TICKS_TO_RESTORE = 250_000;

    private static final Duration DEAD_AFTER = Duration.ofSeconds(15);

    /** Copies the rules. */
    public MonitorSettings {
        rules = List.copyOf(rules);
        if (ticksToRestore < 1) {
            throw new IllegalArgumentException("ticksToRestore must be at least 1: " + ticksToRestore);
        }
    }

    /** The contract's times: dead after 15 s without a message, attempts 0.25 s to 30 s apart. */
    public static MonitorSettings of(
            URI feed, String feedName, FeedSubscription subscription, List<PriceMoveRule> rules) {
        return new MonitorSettings(
                feed, feedName, "", subscription, rules, DEAD_AFTER, Backoff.Limits.DEFAULT, TICKS_TO_RESTORE);
    }

    /** A feed's name after its address: without what is secret in it, so that a new key is not a new feed. */
    public static String nameOf(URI feed) {
        return MaskedUrl.of(feed.toString());
    }

    /** These settings with an API key. */
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
