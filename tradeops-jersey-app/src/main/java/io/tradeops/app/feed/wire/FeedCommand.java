package io.tradeops.app.feed.wire;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A command from a client to the feed. Immutable. */
public sealed interface FeedCommand {

    /** Stands for all tickers. */
    String ALL = "*";

    /** What the feed does with a client that reads more slowly than ticks arrive. */
    enum Policy {
        /** It disconnects the client. */
        DISCONNECT,
        /** It sends the newest tick of each ticker, and skips those between. */
        CONFLATE
    }

    /**
     * Subscribes to tickers, in addition to those of earlier commands.
     *
     * @param tickers tickers, or {@link #ALL}
     * @param fromSeq the sequence number of the first tick to send; empty for the next tick
     * @param policy the policy for a slow client; empty leaves it unchanged, at first {@link Policy#DISCONNECT}
     */
    record Subscribe(List<String> tickers, OptionalLong fromSeq, Optional<Policy> policy) implements FeedCommand {

        /** Copies the list. */
        public Subscribe {
            tickers = List.copyOf(tickers);
        }

        /** A command that leaves the policy unchanged. */
        public Subscribe(List<String> tickers, OptionalLong fromSeq) {
            this(tickers, fromSeq, Optional.empty());
        }
    }

    /** Unsubscribes from tickers. */
    record Unsubscribe(List<String> tickers) implements FeedCommand {

        /** Copies the list. */
        public Unsubscribe {
            tickers = List.copyOf(tickers);
        }
    }

    /** Shows the client's API key. */
    record Auth(String key) implements FeedCommand {

        @Override
        public String toString() {
            return "Auth[]";
        }
    }
}
