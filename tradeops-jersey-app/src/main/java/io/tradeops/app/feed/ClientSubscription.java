package io.tradeops.app.feed;

import io.tradeops.app.feed.wire.FeedCommand;
import io.tradeops.app.feed.wire.FeedCommand.Policy;
import io.tradeops.app.feed.wire.FeedMessage;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The tickers that one client is subscribed to, and its policy. Immutable, so that a command is executed without a lock
 * that the sender of ticks needs.
 */
final class ClientSubscription {

    /** The most tickers that a client may name. */
    static final int MAX_TICKERS = 10_000;

    /** No tickers. */
    static final ClientSubscription NONE = new ClientSubscription(Set.of(), false, false, Policy.DISCONNECT);

    /** A message names all tickers up to this number. */
    private static final int MAX_NAMED = 1_000;

    /** In the order of subscribing. */
    private final Set<String> tickers;

    private final boolean all;
    /** Whether a silent client was subscribed to all tickers. */
    private final boolean implicit;

    private final Policy policy;

    private ClientSubscription(Set<String> tickers, boolean all, boolean implicit, Policy policy) {
        this.tickers = tickers;
        this.all = all;
        this.implicit = implicit;
        this.policy = policy;
    }

    /**
     * A subscription after a command, and the message about it.
     *
     * @param result the new subscription
     * @param message all of its tickers, or what has changed
     */
    record Change(ClientSubscription result, FeedMessage message) {}

    /** Adds tickers, which replace an implicit subscription; empty if they are more than {@link #MAX_TICKERS} then. */
    Optional<Change> add(FeedCommand.Subscribe command) {
        Set<String> added = new LinkedHashSet<>(command.tickers());
        boolean toAll = added.remove(FeedCommand.ALL) || (all && !implicit);
        added.removeIf(tickers::contains);
        if (tickers.size() + added.size() > MAX_TICKERS) {
            return Optional.empty();
        }
        Set<String> changed = tickers;
        if (!added.isEmpty()) {
            changed = new LinkedHashSet<>(tickers);
            changed.addAll(added);
        }
        ClientSubscription result =
                new ClientSubscription(changed, toAll, false, command.policy().orElse(policy));
        List<String> removed = all && !toAll ? List.of(FeedCommand.ALL) : List.of();
        return Optional.of(new Change(result, result.describe(added, removed)));
    }

    /** Removes tickers. */
    Change remove(FeedCommand.Unsubscribe command) {
        Set<String> removed = new LinkedHashSet<>(command.tickers());
        removed.removeIf(ticker -> ticker.equals(FeedCommand.ALL) ? !all : !tickers.contains(ticker));
        Set<String> changed = tickers;
        if (!removed.isEmpty()) {
            changed = new LinkedHashSet<>(tickers);
            removed.forEach(changed::remove);
        }
        boolean toAll = all && !removed.contains(FeedCommand.ALL);
        ClientSubscription result = new ClientSubscription(changed, toAll, implicit, policy);
        return new Change(result, result.describe(List.of(), removed));
    }

    /** All tickers, until the client subscribes itself. */
    Change addAllImplicitly() {
        ClientSubscription result = new ClientSubscription(tickers, true, true, policy);
        return new Change(result, result.describe(List.of(), List.of()));
    }

    /** Whether the client has subscribed to tickers itself, and still is. */
    boolean isExplicit() {
        return !implicit && (all || !tickers.isEmpty());
    }

    /** The number of tickers that are named. */
    int size() {
        return tickers.size();
    }

    boolean conflates() {
        return policy == Policy.CONFLATE;
    }

    /**
     * The next ticks and notices for the client.
     *
     * @param offset the offset to send from
     * @param roundEnd the offset to stop before, so that clients of all tickers share frames; ignored for a client that
     *     conflates
     * @param limit the most ticks and notices, unless the client conflates
     */
    ReplayBuffer.Frame next(ReplayBuffer buffer, long offset, long roundEnd, int limit) {
        if (policy == Policy.CONFLATE) {
            return buffer.newest(offset, this::contains);
        }
        return all ? buffer.frame(offset, roundEnd, limit) : buffer.frame(offset, roundEnd, limit, tickers::contains);
    }

    private FeedMessage describe(Collection<String> added, Collection<String> removed) {
        if (all) {
            return new FeedMessage.Subscription(List.of(FeedCommand.ALL));
        }
        return tickers.size() <= MAX_NAMED
                ? new FeedMessage.Subscription(List.copyOf(tickers))
                : new FeedMessage.SubscriptionChange(tickers.size(), List.copyOf(added), List.copyOf(removed));
    }

    private boolean contains(String ticker) {
        return all || tickers.contains(ticker);
    }
}
