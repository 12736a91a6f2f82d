package io.tradeops.app.feed.wire;

import io.tradeops.core.trade.Tick;
import java.time.Instant;
import java.util.List;

/** What the feed sends. */
public sealed interface FeedMessage {

    /** A tick that the feed has numbered. Its time has whole microseconds. */
    record TickMessage(Tick tick) implements FeedMessage {}

    /**
     * A trade of a feed that does not number its ticks.
     *
     * @param ticker the ticker
     * @param epochNanos when, in nanoseconds since 1970, whole microseconds
     * @param priceUnits price in 10⁻⁸ units
     * @param quantityUnits quantity in 10⁻⁸ units
     */
    record VendorTrade(String ticker, long epochNanos, long priceUnits, long quantityUnits) implements FeedMessage {

        /** The tick that it is with a sequence number. */
        public Tick numbered(long seq) {
            return new Tick(ticker, epochNanos, priceUnits, quantityUnits, seq);
        }
    }

    /** The feed lives; every tick up to {@code lastSeq} that was subscribed to has been sent. */
    record Heartbeat(long lastSeq, Instant timestamp) implements FeedMessage {}

    /** What is subscribed to from here on. */
    record Subscription(List<String> tickers) implements FeedMessage {

        /** Copies the list. */
        public Subscription {
            tickers = List.copyOf(tickers);
        }
    }

    /** Ticks that were asked for and are no longer held, both ends inclusive. */
    record Gap(long fromSeq, long toSeq, String reason) implements FeedMessage {}

    /** What the client sent can't be done. */
    record Failure(int code, String message) implements FeedMessage {

        /** The command could not be understood. */
        public static final int BAD_COMMAND = 400;

        /** A key is needed, or the one that was shown is not taken. */
        public static final int UNAUTHORIZED = 401;

        /** More was asked for than is given. */
        public static final int TOO_MUCH = 413;

        /** Commands come too fast. */
        public static final int TOO_MANY = 429;

        /** The {@code from_seq} is beyond the feed's next tick. */
        public static final int BEYOND_LAST = 416;
    }

    /** The feed is about to stop. */
    record Shutdown(long retryAfterMillis) implements FeedMessage {}
}
