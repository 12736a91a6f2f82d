package io.tradeops.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object as maps, lists and strings. Numbers and booleans keep the text they were written as. Fields that are
 * {@code null} are left out: no event needs the difference. Immutable.
 */
final class JsonTree {

    private static final int MAX_DEPTH = 64;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final Map<?, ?> root;

    private JsonTree(Map<?, ?> root) {
        this.root = root;
    }

    /** @throws IllegalArgumentException if the input is not one JSON object */
    static JsonTree read(InputStream in) throws IOException {
        try (JsonParser parser = FACTORY.createParser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("event must be a JSON object");
            }
            JsonTree tree = new JsonTree(object(parser));
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("event must be one JSON object, and nothing after it");
            }
            return tree;
        } catch (JsonParseException | StreamConstraintsException e) {
            throw new IllegalArgumentException("event must be a JSON object: " + e.getOriginalMessage(), e);
        }
    }

    List<String> names() {
        return root.keySet().stream().map(String::valueOf).toList();
    }

    boolean has(String name) {
        return root.containsKey(name);
    }

    /** The string, number or boolean at the end of the path. */
    Optional<String> text(String... path) {
        return value(path)
                .filter(value -> !(value instanceof Map) && !(value instanceof List))
                .map(String::valueOf);
    }

    /** The object at the end of the path; an empty one if there is none. */
    JsonTree object(String... path) {
        return new JsonTree(value(path).orElse(Map.of()) instanceof Map<?, ?> map ? map : Map.of());
    }

    /** The objects in an array. */
    List<JsonTree> objects(String name) {
        List<JsonTree> objects = new ArrayList<>();
        for (Object element : elements(name)) {
            if (element instanceof Map<?, ?> map) {
                objects.add(new JsonTree(map));
            }
        }
        return objects;
    }

    /** The elements of an array, as strings. */
    List<String> texts(String name) {
        return elements(name).stream().map(String::valueOf).toList();
    }

    private List<?> elements(String name) {
        return root.get(name) instanceof List<?> list ? list : List.of();
    }

    private Optional<Object> value(String... path) {
        Object value = root;
        for (String name : path) {
            if (!(value instanceof Map<?, ?> map) || !map.containsKey(name)) {
                return Optional.empty();
            }
            value = map.get(name);
        }
        return Optional.ofNullable(value);
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                object.put(name, value(parser));
            }
        }
        return object;
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_NULL) {
                array.add(value(parser));
            }
        }
        return array;
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            default -> parser.getText();
        };
    }
}
