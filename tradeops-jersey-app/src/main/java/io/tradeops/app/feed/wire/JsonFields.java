package io.tradeops.app.feed.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.tradeops.app.rest.Json;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Ticker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object of a feed, read in one pass in any order. Texts are kept as they are, numbers as their
 * digits, arrays as lists, and objects as another {@code JsonFields}. One instance is reused for the objects of many
 * frames. Not thread-safe.
 */
final class JsonFields {

    /** As strict and bounded as our other parsers. {@link #read} finds duplicate fields itself. */
    private static final JsonFactory FACTORY = Json.factory()
            .rebuild()
            .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Stands for a value of a type that is not read. */
    private static final Object OTHER = new Object();

    private static final int USUAL_FIELDS = 16;
    private static final int MAX_FIELDS = 256;
    private static final int MAX_SHOWN = 64;

    private String[] names = new String[USUAL_FIELDS];
    private @Nullable Object[] values = new Object[USUAL_FIELDS];
    private boolean[] quoted = new boolean[USUAL_FIELDS];
    private int size;
    private String problem = "";

    /** An instance without fields. */
    public JsonFields() {}

    /** Receives the objects of a frame. */
    @FunctionalInterface
    public interface Handler {

        /** Receives one object. The same instance holds the next object afterwards. */
        void onObject(JsonFields fields) throws FeedFormatException;
    }

    /**
     * Passes the objects of a frame to a handler, in order.
     *
     * @param frame one JSON object or an array of them
     * @throws FeedFormatException if it is something else, or an array with other values; the handler has received the
     *     objects that were readable
     */
    public void forEachObject(String frame, Handler handler) throws FeedFormatException {
        try (JsonParser parser = FACTORY.createParser(frame)) {
            if (!handleAll(parser, handler) || parser.nextToken() != null) {
                throw new FeedFormatException("a frame is one JSON object or an array of them");
            }
        } catch (JsonProcessingException e) {
            throw new FeedFormatException("not valid JSON: " + Json.reason(e));
        } catch (IOException e) {
            throw new IllegalStateException("reading a string can't fail", e);
        }
    }

    /** Whether there are only objects. */
    private boolean handleAll(JsonParser parser, Handler handler) throws IOException, FeedFormatException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            return handle(parser, handler);
        }
        boolean objectsOnly = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            objectsOnly &= handle(parser, handler);
        }
        return objectsOnly;
    }

    private boolean handle(JsonParser parser, Handler handler) throws IOException, FeedFormatException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            read(parser);
            handler.onObject(this);
            return true;
        }
        parser.skipChildren();
        return false;
    }

    /** Reads the object that starts at the parser's current token, up to its end. */
    private void read(JsonParser parser) throws IOException {
        size = 0;
        problem = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (find(name) >= 0) {
                problem = "field '" + abbreviate(name) + "' comes twice";
            } else if (size == MAX_FIELDS) {
                problem = "more than " + MAX_FIELDS + " fields";
            }
            JsonToken token = parser.nextToken();
            if (problem.isEmpty()) {
                add(name, value(parser, token), token == JsonToken.VALUE_STRING);
            } else {
                parser.skipChildren();
            }
        }
    }

    /** Throws if a field came twice, or there were too many. */
    public void requireValid() throws FeedFormatException {
        if (!problem.isEmpty()) {
            throw new FeedFormatException(problem);
        }
    }

    /** Whether there is a field of this name that is not null. */
    public boolean has(String name) {
        int index = find(name);
        return index >= 0 && values[index] != null;
    }

    /** Whether a field is a JSON string with this text. */
    public boolean is(String name, String text) {
        int index = find(name);
        return index >= 0 && quoted[index] && text.equals(values[index]);
    }

    /** A text's characters or a number's digits. */
    public String text(String name) throws FeedFormatException {
        int index = find(name);
        if (index >= 0 && values[index] instanceof String text) {
            return text;
        }
        throw new FeedFormatException("'" + name + "' is missing or of the wrong type");
    }

    /** As {@link #text}; an empty text where that would throw. */
    public String textOrEmpty(String name) {
        int index = find(name);
        return index >= 0 && values[index] instanceof String text ? text : "";
    }

    /** A whole number. */
    public long number(String name) throws FeedFormatException {
        String text = text(name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new FeedFormatException(name + " is not a whole number: " + abbreviate(text));
        }
    }

    /** A positive decimal in 10⁻⁸ units. */
    public long amount(String name) throws FeedFormatException {
        String text = text(name);
        long units = FixedDecimal.tryParse(text);
        if (units <= 0) {
            throw new FeedFormatException(name + " is not a positive decimal in range: " + abbreviate(text));
        }
        return units;
    }

    /** A ticker. */
    public String ticker(String name) throws FeedFormatException {
        return requireTicker(text(name));
    }

    /** Returns a text that is a ticker, and throws for any other. */
    static String requireTicker(String ticker) throws FeedFormatException {
        if (!Ticker.isValid(ticker)) {
            throw new FeedFormatException("invalid ticker '" + abbreviate(ticker) + "'");
        }
        return ticker;
    }

    /** An RFC 3339 timestamp in nanoseconds since 1970, truncated to whole microseconds. */
    public long time(String name) throws FeedFormatException {
        String text = text(name);
        long nanos = EpochNanos.tryParse(text);
        if (nanos < 0) {
            throw new FeedFormatException("invalid timestamp '" + abbreviate(text) + "'");
        }
        return EpochNanos.truncateToMicros(nanos);
    }

    /** An array of texts. */
    public List<String> texts(String name) throws FeedFormatException {
        int index = find(name);
        if (index < 0 || !(values[index] instanceof List<?> list)) {
            throw new FeedFormatException("'" + name + "' is missing or not an array of strings");
        }
        List<String> texts = new ArrayList<>();
        for (Object value : list) {
            if (!(value instanceof String text)) {
                throw new FeedFormatException("an array may hold strings only");
            }
            texts.add(text);
        }
        return texts;
    }

    /** The objects of an array field, or the object of an object field; none for any other field. */
    public List<JsonFields> objects(String name) {
        int index = find(name);
        Object value = index < 0 ? null : values[index];
        if (value instanceof JsonFields one) {
            return List.of(one);
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .filter(JsonFields.class::isInstance)
                    .map(JsonFields.class::cast)
                    .toList();
        }
        return List.of();
    }

    /** The start of a text, for messages. */
    static String abbreviate(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    private int find(String name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private void add(String name, @Nullable Object value, boolean isText) {
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            quoted = Arrays.copyOf(quoted, 2 * size);
        }
        names[size] = name;
        values[size] = value;
        quoted[size] = isText;
        size++;
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getText();
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_TRUE, VALUE_FALSE -> OTHER;
            default -> null;
        };
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            switch (token) {
                case VALUE_STRING -> elements.add(parser.getText());
                case START_OBJECT -> elements.add(object(parser));
                default -> {
                    parser.skipChildren();
                    elements.add(OTHER);
                }
            }
        }
        return elements;
    }

    private static JsonFields object(JsonParser parser) throws IOException {
        JsonFields fields = new JsonFields();
        fields.read(parser);
        return fields;
    }
}
