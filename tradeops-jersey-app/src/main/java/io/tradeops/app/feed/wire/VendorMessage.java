package io.tradeops.app.feed.wire;

import io.tradeops.core.trade.EpochNanos;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The messages of Alpaca, Massive (Polygon), Finnhub and Binance, as their documentation shows them: trades become
 * ticks, what a vendor refuses becomes a failure, all else is passed over. Static functions; thread-safe.
 */
final class VendorMessage {

    private static final Set<String> MASSIVE_TRADES = Set.of("T", "XT");
    private static final Set<String> BINANCE_TRADES = Set.of("trade", "aggTrade");

    private VendorMessage() {}

    /** The messages that a message only wraps: Binance's combined streams, Finnhub's lists of trades. */
    static List<JsonFields> unwrap(JsonFields fields) {
        boolean wraps = fields.has("stream") || fields.is("type", "trade");
        return wraps ? fields.objects("data") : List.of();
    }

    /** Whether a message has the shape of a vendor's, and not of our feed. */
    static boolean isOne(JsonFields fields) {
        return fields.has("T")
                || fields.has("ev")
                || fields.has("e")
                || isFinnhubTrade(fields)
                || (fields.is("type", "error") && fields.has("msg"))
                || (!fields.has("type") && (fields.has("error") || fields.has("code")));
    }

    /**
     * What a vendor's message says; empty if it is nothing to us.
     *
     * @throws FeedFormatException if it is a trade that can't be read, naming what is wrong
     */
    static Optional<FeedMessage> decode(JsonFields fields) throws FeedFormatException {
        if (fields.has("ev")) {
            return massive(fields);
        }
        if (fields.has("e")) {
            boolean isTrade = BINANCE_TRADES.contains(fields.textOrEmpty("e"));
            return isTrade ? Optional.of(trade(fields, "s", "p", "q", epoch(fields, "T"))) : Optional.empty();
        }
        if (fields.is("T", "t")) {
            return Optional.of(trade(fields, "S", "p", "s", fields.time("t")));
        }
        if (isFinnhubTrade(fields)) {
            return Optional.of(trade(fields, "s", "p", "v", epoch(fields, "t")));
        }
        return failure(fields);
    }

    private static Optional<FeedMessage> massive(JsonFields fields) throws FeedFormatException {
        String event = fields.textOrEmpty("ev");
        if (MASSIVE_TRADES.contains(event)) {
            String size = fields.has("ds") ? "ds" : "s"; // s leaves out fractions of a share
            return Optional.of(trade(fields, event.equals("XT") ? "pair" : "sym", "p", size, epoch(fields, "t")));
        }
        String status = fields.textOrEmpty("status");
        boolean isBad = status.contains("fail") || status.contains("error") || status.contains("max_");
        return isBad
                ? Optional.of(new FeedMessage.Failure(0, status + ": " + fields.textOrEmpty("message")))
                : Optional.empty();
    }

    /** Alpaca's, Finnhub's and Binance's ways to say no. */
    private static Optional<FeedMessage> failure(JsonFields fields) {
        if (fields.has("T") && !fields.is("T", "error")) {
            return Optional.empty(); // Alpaca's other messages, some of which have a msg, too
        }
        List<JsonFields> inside = fields.objects("error");
        JsonFields error = inside.isEmpty() ? fields : inside.get(0);
        if (!error.has("msg")) {
            return Optional.empty();
        }
        String text = (error.textOrEmpty("code") + " " + error.textOrEmpty("msg")).strip();
        return Optional.of(new FeedMessage.Failure(0, text));
    }

    private static boolean isFinnhubTrade(JsonFields fields) {
        return fields.has("s") && fields.has("p") && fields.has("t") && fields.has("v");
    }

    private static FeedMessage trade(JsonFields fields, String ticker, String price, String quantity, long epochNanos)
            throws FeedFormatException {
        return new FeedMessage.VendorTrade(
                fields.tickerOfMarket(ticker), epochNanos, fields.amount(price), fields.amount(quantity));
    }

    /** A whole number since 1970 whose unit its magnitude tells, as in trades files; cut down to microseconds. */
    private static long epoch(JsonFields fields, String name) throws FeedFormatException {
        long value = fields.number(name);
        long unit = value < 10_000_000_000L
                ? 1_000_000_000L
                : value < 10_000_000_000_000L ? 1_000_000L : value < 10_000_000_000_000_000L ? 1_000L : 1L;
        if (value < 0 || value > EpochNanos.MAX / unit) {
            throw new FeedFormatException(name + " is not a time since 1970: " + value);
        }
        return EpochNanos.truncateToMicros(value * unit);
    }
}
