package io.tradeops.app.feed;

import java.util.List;
import java.util.OptionalLong;

/** What a client of the feed sends. */
public sealed interface FeedCommand {

    /** Every ticker. */
    String ALL = "*";

    /** Send these tickers, from a number on if one is given. */
    record Subscribe(List<String> tickers, OptionalLong fromSeq) implements FeedCommand {

        /** Copies the list. */
        public Subscribe {
            tickers = List.copyOf(tickers);
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
