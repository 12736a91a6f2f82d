package io.tradeops.app.feed.wire;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a client of the feed sends. */
public sealed interface FeedCommand {

    /** Every ticker. */
    String ALL = "*";

    /** What becomes of a client that reads more slowly than ticks come. */
    enum Policy {
        /** It is disconnected. */
        DISCONNECT,
        /** It gets the newest tick of each ticker and not those between. */
        CONFLATE
    }

    /**
     * Send these tickers.
     *
     * @param tickers tickers, or {@link #ALL}
     * @param fromSeq the first tick that is wanted, if it is not the next
     * @param policy what to do if the client is slow; empty leaves it as it is, which is at first to disconnect it
     */
    record Subscribe(List<String> tickers, OptionalLong fromSeq, Optional<Policy> policy) implements FeedCommand {

        /** Copies the list. */
        public Subscribe {
            tickers = List.copyOf(tickers);
        }

        /** With the policy as it is. */
        public Subscribe(List<String> tickers, OptionalLong fromSeq) {
            this(tickers, fromSeq, Optional.empty());
        }
    }

    /** Send these tickers no more. */
    record Unsubscribe(List<String> tickers) implements FeedCommand {

        /** Copies the list. */
        public Unsubscribe {
            tickers = List.copyOf(tickers);
        }
    }

    /** Who the client is. */
    record Auth(String key) implements FeedCommand {

        @Override
        public String toString() {
            return "Auth[]";
        }
    }
}
