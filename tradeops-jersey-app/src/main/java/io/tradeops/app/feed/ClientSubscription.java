package io.tradeops.app.feed;

import io.tradeops.app.feed.wire.FeedCommand;
import io.tradeops.app.feed.wire.FeedCommand.Policy;
import io.tradeops.app.feed.wire.FeedMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tickers that one client is subscribed to, and its policy. Not thread-safe. */
final class ClientSubscription {

    /** The most tickers that a client may name. */
    static final int MAX_TICKERS = 10_000;

    private final Set<String> tickers = new HashSet<>();
    private boolean all;
    /** Whether a silent client was subscribed to all tickers. */
    private boolean implicit;

    private Policy policy = Policy.DISCONNECT;

    ClientSubscription() {}

    /** Adds tickers. They replace an implicit subscription. */
    void add(FeedCommand.Subscribe subscribe) {
        all &= !implicit;
        implicit = false;
        for (String ticker : subscribe.tickers()) {
            if (ticker.equals(FeedCommand.ALL)) {
                all = true;
            } else {
                tickers.add(ticker);
            }
        }
        policy = subscribe.policy().orElse(policy);
    }

    /** Adds all tickers until the client subscribes. */
    void addAllImplicitly() {
        all = true;
        implicit = true;
    }

    /** Whether the client has subscribed to tickers itself, and still is. */
    boolean isExplicit() {
        return !implicit && (all || !tickers.isEmpty());
    }

    void remove(FeedCommand.Unsubscribe unsubscribe) {
        all = all && !unsubscribe.tickers().contains(FeedCommand.ALL);
        unsubscribe.tickers().forEach(tickers::remove);
    }

    /** Whether these tickers can be added within {@link #MAX_TICKERS}. */
    boolean hasRoomFor(List<String> named) {
        long added = named.stream()
                .filter(ticker -> !ticker.equals(FeedCommand.ALL) && !tickers.contains(ticker))
                .distinct()
                .count();
        return tickers.size() + added <= MAX_TICKERS;
    }

    boolean conflates() {
        return policy == Policy.CONFLATE;
    }

    /**
     * The next ticks and notices for the client.
     *
     * @param offset the offset to send from
     * @param roundEnd the offset to stop before, so that clients of all tickers share frames
     * @param limit the most ticks and notices, unless the client conflates
     */
    ReplayBuffer.Frame next(ReplayBuffer buffer, long offset, long roundEnd, int limit) {
        if (policy == Policy.CONFLATE) {
            return buffer.newest(offset, this::contains);
        }
        return all ? buffer.frame(offset, roundEnd, limit) : buffer.frame(offset, limit, tickers::contains);
    }

    FeedMessage.Subscription describe() {
        return new FeedMessage.Subscription(
                all ? List.of(FeedCommand.ALL) : tickers.stream().sorted().toList());
    }

    private boolean contains(String ticker) {
        return all || tickers.contains(ticker);
    }
}
