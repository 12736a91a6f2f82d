package io.tradeops.app.feed.wire;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.tradeops.app.feed.wire.FeedCommand.Policy;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes and reads the feed's JSON. Numbers are converted to fixed point and back without a {@code double}. Thread-safe. */
public final class FeedJson {

    private FeedJson() {}

    /** A message as one JSON object. */
    public static String encode(FeedMessage message) {
        if (message instanceof FeedMessage.TickMessage numbered) {
            return encode(numbered.tick());
        }
        if (message instanceof FeedMessage.Heartbeat heartbeat) {
            return "{\"type\":\"heartbeat\",\"last_seq\":" + heartbeat.lastSeq() + ",\"timestamp\":"
                    + quote(EpochNanos.format(heartbeat.timestamp())) + "}";
        }
        if (message instanceof FeedMessage.Subscription subscription) {
            return "{\"type\":\"subscription\",\"tickers\":" + array(subscription.tickers()) + "}";
        }
        if (message instanceof FeedMessage.SubscriptionChange change) {
            return "{\"type\":\"subscription\",\"count\":" + change.count() + ",\"added\":" + array(change.added())
                    + ",\"removed\":" + array(change.removed()) + "}";
        }
        if (message instanceof FeedMessage.Gap gap) {
            return "{\"type\":\"gap\",\"from_seq\":" + gap.fromSeq() + ",\"to_seq\":" + gap.toSeq() + ",\"reason\":"
                    + quote(gap.reason()) + "}";
        }
        if (message instanceof FeedMessage.Failure error) {
            return "{\"type\":\"error\",\"code\":" + error.code() + ",\"message\":" + quote(error.message()) + "}";
        }
        FeedMessage.Shutdown shutdown = (FeedMessage.Shutdown) message;
        return "{\"type\":\"shutdown\",\"retry_after_ms\":" + shutdown.retryAfterMillis() + "}";
    }

    /** A tick as one JSON object. */
    public static String encode(Tick tick) {
        return "{\"type\":\"tick\",\"seq\":" + tick.seq() + ",\"ticker\":" + quote(tick.ticker()) + ",\"price\":"
                + FixedDecimal.toString(tick.priceUnits()) + ",\"quantity\":"
                + FixedDecimal.toString(tick.quantityUnits()) + ",\"timestamp\":"
                + quote(EpochNanos.format(EpochNanos.toInstant(tick.epochNanos()))) + "}";
    }

    /** A command as one JSON object. */
    public static String encode(FeedCommand command) {
        if (command instanceof FeedCommand.Subscribe subscribe) {
            String from = subscribe.fromSeq().isPresent()
                    ? ",\"from_seq\":" + subscribe.fromSeq().getAsLong()
                    : "";
            String policy = subscribe
                    .policy()
                    .map(given -> ",\"policy\":" + quote(given.name().toLowerCase(Locale.ROOT)))
                    .orElse("");
            return "{\"action\":\"subscribe\",\"tickers\":" + array(subscribe.tickers()) + from + policy + "}";
        }
        if (command instanceof FeedCommand.Unsubscribe unsubscribe) {
            return "{\"action\":\"unsubscribe\",\"tickers\":" + array(unsubscribe.tickers()) + "}";
        }
        return "{\"action\":\"auth\",\"key\":" + quote(((FeedCommand.Auth) command).key()) + "}";
    }

    /**
     * Reads a message; empty if its type is not known.
     *
     * @throws FeedFormatException if it is malformed, naming the fault
     */
    static Optional<FeedMessage> decodeMessage(JsonFields fields) throws FeedFormatException {
        return switch (fields.textOrEmpty("type")) {
            case "tick" -> Optional.of(new FeedMessage.TickMessage(decodeTick(fields)));
            case "heartbeat" ->
                Optional.of(new FeedMessage.Heartbeat(
                        fields.number("last_seq"), EpochNanos.toInstant(fields.time("timestamp"))));
            case "subscription" -> Optional.of(decodeSubscription(fields));
            case "gap" ->
                Optional.of(
                        new FeedMessage.Gap(fields.number("from_seq"), fields.number("to_seq"), fields.text("reason")));
            case "error" -> Optional.of(new FeedMessage.Failure((int) fields.number("code"), fields.text("message")));
            case "shutdown" -> Optional.of(new FeedMessage.Shutdown(fields.number("retry_after_ms")));
            default -> Optional.empty(); // from a later version
        };
    }

    /**
     * Reads a frame: one message or an array of them. Messages of unknown types are skipped.
     *
     * @throws FeedFormatException if it is malformed, naming the fault
     */
    public static List<FeedMessage> decodeMessages(String frame) throws FeedFormatException {
        List<FeedMessage> messages = new ArrayList<>();
        new JsonFields().forEachObject(frame, fields -> {
            fields.requireValid();
            decodeMessage(fields).ifPresent(messages::add);
        });
        return messages;
    }

    /**
     * Reads a command.
     *
     * @throws FeedFormatException if it is malformed, naming the fault
     */
    public static FeedCommand decodeCommand(String frame) throws FeedFormatException {
        List<FeedCommand> commands = new ArrayList<>(1);
        new JsonFields().forEachObject(frame, fields -> {
            fields.requireValid();
            commands.add(decodeCommand(fields));
        });
        if (commands.size() != 1) {
            throw new FeedFormatException("a command is one JSON object");
        }
        return commands.get(0);
    }

    private static FeedCommand decodeCommand(JsonFields fields) throws FeedFormatException {
        String action = fields.text("action");
        return switch (action) {
            case "subscribe" -> new FeedCommand.Subscribe(tickers(fields), fromSeq(fields), policy(fields));
            case "unsubscribe" -> new FeedCommand.Unsubscribe(tickers(fields));
            case "auth" -> new FeedCommand.Auth(fields.text("key"));
            default ->
                throw new FeedFormatException("unknown action '" + JsonFields.abbreviate(action)
                        + "'; there are subscribe, unsubscribe and auth");
        };
    }

    private static FeedMessage decodeSubscription(JsonFields fields) throws FeedFormatException {
        return fields.has("tickers")
                ? new FeedMessage.Subscription(fields.texts("tickers"))
                : new FeedMessage.SubscriptionChange(
                        (int) fields.number("count"), fields.texts("added"), fields.texts("removed"));
    }

    private static Tick decodeTick(JsonFields fields) throws FeedFormatException {
        long seq = seq(fields);
        String ticker = fields.ticker("ticker");
        long priceUnits = fields.amount("price");
        long quantityUnits = fields.amount("quantity");
        return new Tick(ticker, fields.time("timestamp"), priceUnits, quantityUnits, seq);
    }

    private static long seq(JsonFields fields) throws FeedFormatException {
        long seq = fields.number("seq");
        if (seq < 0) {
            throw new FeedFormatException("seq is negative: " + seq);
        }
        return seq;
    }

    private static OptionalLong fromSeq(JsonFields fields) throws FeedFormatException {
        return fields.has("from_seq") ? OptionalLong.of(fields.number("from_seq")) : OptionalLong.empty();
    }

    private static Optional<Policy> policy(JsonFields fields) throws FeedFormatException {
        if (!fields.has("policy")) {
            return Optional.empty();
        }
        String text = fields.text("policy");
        return switch (text) {
            case "disconnect" -> Optional.of(Policy.DISCONNECT);
            case "conflate" -> Optional.of(Policy.CONFLATE);
            default ->
                throw new FeedFormatException(
                        "unknown policy '" + JsonFields.abbreviate(text) + "'; there are disconnect and conflate");
        };
    }

    private static List<String> tickers(JsonFields fields) throws FeedFormatException {
        List<String> tickers = fields.texts("tickers");
        for (String ticker : tickers) {
            if (!ticker.equals(FeedCommand.ALL)) {
                JsonFields.requireTicker(ticker);
            }
        }
        return tickers;
    }

    private static String array(List<String> texts) {
        StringBuilder array = new StringBuilder("[");
        for (String text : texts) {
            array.append(array.length() == 1 ? "\"" : ",\"");
            JsonStringEncoder.getInstance().quoteAsString(text, array);
            array.append('"');
        }
        return array.append(']').toString();
    }

    private static String quote(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
