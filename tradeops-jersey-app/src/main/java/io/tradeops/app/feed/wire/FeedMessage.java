package io.tradeops.app.feed.wire;

import io.tradeops.core.trade.Tick;
import java.time.Instant;
import java.util.List;

/** A message from a feed to its clients. Immutable. */
public sealed interface FeedMessage {

    /** A tick with a sequence number of the feed. Its time has whole microseconds. */
    record TickMessage(Tick tick) implements FeedMessage {}

    /**
     * A trade of a vendor's feed, which has no sequence numbers.
     *
     * @param ticker the ticker
     * @param epochNanos time of the trade in nanoseconds since 1970, whole microseconds
     * @param priceUnits price in 10⁻⁸ units
     * @param quantityUnits quantity in 10⁻⁸ units
     */
    record VendorTrade(String ticker, long epochNanos, long priceUnits, long quantityUnits) implements FeedMessage {

        /** The trade as a tick with a sequence number. */
        public Tick numbered(long seq) {
            return new Tick(ticker, epochNanos, priceUnits, quantityUnits, seq);
        }
    }

    /** The feed is alive, and has sent all subscribed ticks up to {@code lastSeq}. */
    record Heartbeat(long lastSeq, Instant timestamp) implements FeedMessage {}

    /** All tickers that the client is subscribed to from here on. */
    record Subscription(List<String> tickers) implements FeedMessage {

        /** Copies the list. */
        public Subscription {
            tickers = List.copyOf(tickers);
        }
    }

    /**
     * A command's change of a subscription to so many tickers that they are not all named.
     *
     * @param count the number of tickers that the client is subscribed to from here on
     * @param added the tickers that the command has added
     * @param removed the tickers that it has removed
     */
    record SubscriptionChange(int count, List<String> added, List<String> removed) implements FeedMessage {

        /** Copies the lists. */
        public SubscriptionChange {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
        }
    }

    /**
     * Ticks that the feed does not send, both ends inclusive. The reason is {@code lost} or {@code not_retained}. A reader
     * of frames puts {@link FrameReader#UNREADABLE} in place of a tick that it could not read.
     */
    record Gap(long fromSeq, long toSeq, String reason) implements FeedMessage {}

    /** A refused command; or, with {@link #BEYOND_LAST} and without a command, a sequence restart. */
    record Failure(int code, String message) implements FeedMessage {

        /** The command is malformed. */
        public static final int BAD_COMMAND = 400;

        /** A key is missing or not valid. */
        public static final int UNAUTHORIZED = 401;

        /** The command asks for more than the limit. */
        public static final int TOO_MUCH = 413;

        /** The client sends commands too fast. */
        public static final int TOO_MANY = 429;

        /** The key can't be checked at the moment. */
        public static final int UNAVAILABLE = 503;

        /** The {@code from_seq} is beyond the feed's next tick; also the code of a sequence restart. */
        public static final int BEYOND_LAST = 416;
    }

    /** The feed is about to stop; clients may reconnect after that many milliseconds. */
    record Shutdown(long retryAfterMillis) implements FeedMessage {}
}
