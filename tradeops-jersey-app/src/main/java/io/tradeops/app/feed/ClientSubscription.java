package io.tradeops.app.feed;

import io.tradeops.app.feed.wire.FeedCommand;
import io.tradeops.app.feed.wire.FeedCommand.Policy;
import io.tradeops.app.feed.wire.FeedMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one client of the feed wants. Not thread-safe. */
final class ClientSubscription {

    /** The most tickers that a client may name; who wants more wants all. */
    static final int MAX_TICKERS = 10_000;

    private final Set<String> tickers = new HashSet<>();
    private boolean all;
    /** Whether it wants everything because it has said nothing. */
    private boolean unasked;

    private Policy policy = Policy.DISCONNECT;

    ClientSubscription() {}

    /** What is asked for is added to what was; it takes the place of what nobody has asked for. */
    void add(FeedCommand.Subscribe subscribe) {
        all &= !unasked;
        unasked = false;
        for (String ticker : subscribe.tickers()) {
            if (ticker.equals(FeedCommand.ALL)) {
                all = true;
            } else {
                tickers.add(ticker);
            }
        }
        policy = subscribe.policy().orElse(policy);
    }

    /** Everything, until something is asked for. */
    void addAllUnasked() {
        all = true;
        unasked = true;
    }

    /** Whether the client has asked for something that it still wants. */
    boolean isAskedFor() {
        return !unasked && (all || !tickers.isEmpty());
    }

    void remove(FeedCommand.Unsubscribe unsubscribe) {
        all = all && !unsubscribe.tickers().contains(FeedCommand.ALL);
        unsubscribe.tickers().forEach(tickers::remove);
    }

    /** Whether these tickers may be named beside those that are. */
    boolean hasRoomFor(List<String> named) {
        long more = named.stream()
                .filter(ticker -> !ticker.equals(FeedCommand.ALL) && !tickers.contains(ticker))
                .distinct()
                .count();
        return tickers.size() + more <= MAX_TICKERS;
    }

    boolean conflates() {
        return policy == Policy.CONFLATE;
    }

    /**
     * What is next for the client.
     *
     * @param position the place that it has come to
     * @param end how far who wants all goes, so that all of them share frames
     */
    ReplayBuffer.Frame next(ReplayBuffer ring, long position, long end, int maxTicks) {
        if (policy == Policy.CONFLATE) {
            return ring.newest(position, this::wants);
        }
        return all ? ring.frame(position, end, maxTicks) : ring.frame(position, maxTicks, tickers::contains);
    }

    FeedMessage.Subscription describe() {
        return new FeedMessage.Subscription(
                all ? List.of(FeedCommand.ALL) : tickers.stream().sorted().toList());
    }

    private boolean wants(String ticker) {
        return all || tickers.contains(ticker);
    }
}
