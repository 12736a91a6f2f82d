package io.tradeops.app.feed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.tradeops.app.feed.FeedCommand.Policy;
import io.tradeops.app.http.Json;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Ticker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The feed's JSON in both directions. Numbers go from text to fixed point and back without a {@code double}. */
public final class FeedJson {

    private FeedJson() {}

    /** A message as one JSON object. */
    public static String encode(FeedMessage message) {
        if (message instanceof FeedMessage.Tick tick) {
            return "{\"type\":\"tick\",\"seq\":" + tick.seq() + ",\"ticker\":" + quote(tick.ticker()) + ",\"price\":"
                    + FixedDecimal.toString(tick.priceUnits()) + ",\"quantity\":"
                    + FixedDecimal.toString(tick.quantityUnits()) + ",\"timestamp\":"
                    + quote(EpochNanos.format(EpochNanos.toInstant(tick.epochNanos()))) + "}";
        }
        if (message instanceof FeedMessage.Heartbeat heartbeat) {
            return "{\"type\":\"heartbeat\",\"last_seq\":" + heartbeat.lastSeq() + ",\"timestamp\":"
                    + quote(EpochNanos.format(heartbeat.timestamp())) + "}";
        }
        if (message instanceof FeedMessage.Subscription subscription) {
            return "{\"type\":\"subscription\",\"tickers\":" + array(subscription.tickers()) + "}";
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

    /** A command as one JSON object. */
    public static String encode(FeedCommand command) {
        if (command instanceof FeedCommand.Subscribe subscribe) {
            String from = subscribe.fromSeq().isPresent()
                    ? ",\"from_seq\":" + subscribe.fromSeq().getAsLong()
                    : "";
            String policy = subscribe.policy() == Policy.CONFLATE ? ",\"policy\":\"conflate\"" : "";
            return "{\"action\":\"subscribe\",\"tickers\":" + array(subscribe.tickers()) + from + policy + "}";
        }
        if (command instanceof FeedCommand.Unsubscribe unsubscribe) {
            return "{\"action\":\"unsubscribe\",\"tickers\":" + array(unsubscribe.tickers()) + "}";
        }
        return "{\"action\":\"auth\",\"key\":" + quote(((FeedCommand.Auth) command).key()) + "}";
    }

    /** The messages of a frame: one object or an array of them. Types that are not known are passed over. */
    public static List<FeedMessage> decodeMessages(String frame) throws FeedFormatException {
        List<FeedMessage> messages = new ArrayList<>();
        for (Map<String, Object> fields : objects(frame)) {
            switch (String.valueOf(fields.get("type"))) {
                case "tick" -> messages.add(tick(fields));
                case "heartbeat" ->
                    messages.add(
                            new FeedMessage.Heartbeat(number(fields, "last_seq"), EpochNanos.toInstant(time(fields))));
                case "subscription" -> messages.add(new FeedMessage.Subscription(texts(fields, "tickers")));
                case "gap" ->
                    messages.add(new FeedMessage.Gap(
                            number(fields, "from_seq"), number(fields, "to_seq"), text(fields, "reason")));
                case "error" ->
                    messages.add(new FeedMessage.Failure((int) number(fields, "code"), text(fields, "message")));
                case "shutdown" -> messages.add(new FeedMessage.Shutdown(number(fields, "retry_after_ms")));
                default -> {
                    // a type of a later version
                }
            }
        }
        return messages;
    }

    /** The command of a frame.
     *
     * @throws FeedFormatException if it is not one, naming what is wrong */
    public static FeedCommand decodeCommand(String frame) throws FeedFormatException {
        List<Map<String, Object>> objects = objects(frame);
        if (objects.size() != 1) {
            throw new FeedFormatException("a command is one JSON object");
        }
        Map<String, Object> fields = objects.get(0);
        String action = text(fields, "action");
        return switch (action) {
            case "subscribe" -> new FeedCommand.Subscribe(tickers(fields), fromSeq(fields), policy(fields));
            case "unsubscribe" -> new FeedCommand.Unsubscribe(tickers(fields));
            case "auth" -> new FeedCommand.Auth(text(fields, "key"));
            default ->
                throw new FeedFormatException(
                        "unknown action '" + abbreviate(action) + "'; there are subscribe, unsubscribe and auth");
        };
    }

    private static FeedMessage.Tick tick(Map<String, Object> fields) throws FeedFormatException {
        String ticker = text(fields, "ticker");
        if (!Ticker.isValid(ticker)) {
            throw new FeedFormatException("invalid ticker '" + abbreviate(ticker) + "'");
        }
        return new FeedMessage.Tick(
                number(fields, "seq"), ticker, amount(fields, "price"), amount(fields, "quantity"), time(fields));
    }

    private static long amount(Map<String, Object> fields, String name) throws FeedFormatException {
        String text = text(fields, name);
        long units = FixedDecimal.tryParse(text);
        if (units <= 0) {
            throw new FeedFormatException(name + " is not a positive decimal in range: " + abbreviate(text));
        }
        return units;
    }

    private static long time(Map<String, Object> fields) throws FeedFormatException {
        String text = text(fields, "timestamp");
        long nanos = EpochNanos.tryParse(text);
        if (nanos < 0) {
            throw new FeedFormatException("invalid timestamp '" + abbreviate(text) + "'");
        }
        return nanos - nanos % 1_000;
    }

    private static OptionalLong fromSeq(Map<String, Object> fields) throws FeedFormatException {
        return fields.containsKey("from_seq") ? OptionalLong.of(number(fields, "from_seq")) : OptionalLong.empty();
    }

    private static Policy policy(Map<String, Object> fields) throws FeedFormatException {
        String text = fields.containsKey("policy") ? text(fields, "policy") : "disconnect";
        return switch (text) {
            case "disconnect" -> Policy.DISCONNECT;
            case "conflate" -> Policy.CONFLATE;
            default ->
                throw new FeedFormatException(
                        "unknown policy '" + abbreviate(text) + "'; there are disconnect and conflate");
        };
    }

    private static List<String> tickers(Map<String, Object> fields) throws FeedFormatException {
        List<String> tickers = texts(fields, "tickers");
        for (String ticker : tickers) {
            if (!ticker.equals(FeedCommand.ALL) && !Ticker.isValid(ticker)) {
                throw new FeedFormatException("invalid ticker '" + abbreviate(ticker) + "'");
            }
        }
        return tickers;
    }

    private static long number(Map<String, Object> fields, String name) throws FeedFormatException {
        String text = text(fields, name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new FeedFormatException(name + " is not a whole number: " + abbreviate(text));
        }
    }

    private static String text(Map<String, Object> fields, String name) throws FeedFormatException {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw new FeedFormatException("'" + name + "' is missing or of the wrong type");
    }

    private static List<String> texts(Map<String, Object> fields, String name) throws FeedFormatException {
        if (fields.get(name) instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        throw new FeedFormatException("'" + name + "' is missing or not an array of strings");
    }

    /** The frame's objects, each field a string, its digits, or a list of strings. */
    private static List<Map<String, Object>> objects(String frame) throws FeedFormatException {
        List<Map<String, Object>> objects = new ArrayList<>();
        try (JsonParser parser = Json.factory().createParser(frame)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    objects.add(object(parser));
                }
            } else {
                objects.add(object(parser));
            }
            if (parser.nextToken() != null) {
                throw new FeedFormatException("a frame is one JSON value");
            }
            return objects;
        } catch (JsonProcessingException e) {
            throw new FeedFormatException("not valid JSON: " + Json.reason(e));
        } catch (IOException e) {
            throw new IllegalStateException("reading a string can't fail", e);
        }
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException, FeedFormatException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new FeedFormatException("a message is a JSON object");
        }
        Map<String, Object> fields = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
                fields.put(name, parser.getText());
            } else if (token == JsonToken.START_ARRAY) {
                fields.put(name, strings(parser));
            } else {
                parser.skipChildren();
            }
        }
        return fields;
    }

    private static List<String> strings(JsonParser parser) throws IOException, FeedFormatException {
        List<String> strings = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw new FeedFormatException("an array may hold strings only");
            }
            strings.add(parser.getText());
        }
        return strings;
    }

    private static String array(List<String> texts) {
        return "[" + String.join(",", texts.stream().map(FeedJson::quote).toList()) + "]";
    }

    private static String quote(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private static String abbreviate(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
