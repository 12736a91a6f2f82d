package io.tradeops.app.feed.wire;

import io.tradeops.core.trade.EpochNanos;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the messages of Alpaca, Massive (Polygon), Finnhub and Binance, in the shapes that the vendors document. A trade
 * becomes a {@link FeedMessage.VendorTrade} whose ticker is the vendor's symbol as it comes, and an error a {@link
 * FeedMessage.Failure}. All else is skipped. Static functions; thread-safe.
 */
final class VendorMessage {

    private static final Set<String> MASSIVE_TRADES = Set.of("T", "XT");
    private static final Set<String> BINANCE_TRADES = Set.of("trade", "aggTrade");

    private VendorMessage() {}

    /** The messages inside a wrapper: a combined stream of Binance, or a list of trades of Finnhub. Empty without one. */
    static List<JsonFields> unwrap(JsonFields fields) {
        boolean wraps = fields.has("stream") || fields.is("type", "trade");
        return wraps ? fields.objects("data") : List.of();
    }

    /** Whether a message has the shape of a vendor's message, not of our feed's. */
    static boolean isOne(JsonFields fields) {
        return fields.has("T")
                || fields.has("ev")
                || fields.has("e")
                || isFinnhubTrade(fields)
                || (fields.is("type", "error") && fields.has("msg"))
                || (!fields.has("type") && (fields.has("error") || fields.has("code")));
    }

    /**
     * The trade or error of a vendor's message; empty for any other.
     *
     * @throws FeedFormatException if it is an unreadable trade, naming the fault
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
            String size = fields.has("ds") ? "ds" : "s"; // s has no fractions of a share
            return Optional.of(trade(fields, event.equals("XT") ? "pair" : "sym", "p", size, epoch(fields, "t")));
        }
        String status = fields.textOrEmpty("status");
        boolean isError = status.contains("fail") || status.contains("error") || status.contains("max_");
        return isError
                ? Optional.of(new FeedMessage.Failure(0, status + ": " + fields.textOrEmpty("message")))
                : Optional.empty();
    }

    /** An error of Alpaca, Finnhub or Binance. */
    private static Optional<FeedMessage> failure(JsonFields fields) {
        if (fields.has("T") && !fields.is("T", "error")) {
            return Optional.empty(); // some of Alpaca's other messages have a msg, too
        }
        List<JsonFields> nested = fields.objects("error");
        JsonFields error = nested.isEmpty() ? fields : nested.get(0);
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
                fields.ticker(ticker), epochNanos, fields.amount(price), fields.amount(quantity));
    }

    /** A time as a whole number since 1970, truncated to microseconds. Its magnitude tells its unit, as in trades files. */
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
