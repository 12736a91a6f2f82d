package io.tradeops.app.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * The JSON of every interface: snake_case names, plain decimals without trailing zeros, RFC 3339 instants in UTC, no
 * field for null. Parsing is strict, and limits depth and length; see also {@link #nextField}. Thread-safe.
 */
public final class Json {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_STRING = 1 << 16;
    private static final int MAX_NUMBER = 1_000;
    private static final int MAX_NAME = 1_000;
    private static final int MAX_FIELDS = 100;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .maxNumberLength(MAX_NUMBER)
                    .maxNameLength(MAX_NAME)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // clients choose the names
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .addModule(new SimpleModule().addSerializer(new DecimalSerializer()).addSerializer(new InstantSerializer()))
            .build();

    /** The parts of a parser's message that name its settings. */
    private static final Pattern PARSER_SETTINGS =
            Pattern.compile(", (from|use) `[^`]*`|(: enable| \\(for| \\(start marker| \\(not recognized) .*");

    private Json() {}

    /** Reads and writes the records of every interface. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** Why a text is not JSON, in words for the client: without classes, settings or methods of the parser. */
    public static String reason(JsonProcessingException e) {
        String message = e.getOriginalMessage().lines().findFirst().orElse("");
        return PARSER_SETTINGS.matcher(message).replaceAll("");
    }

    /** Creates strict parsers with limits. */
    public static JsonFactory factory() {
        return FACTORY;
    }

    /**
     * Moves a parser to the next field of the object that it is in. A parser keeps the names of an object's fields, so
     * an object of any size would take any memory.
     *
     * @return whether there is a field
     * @throws ProblemException 413 if the object has more than {@value #MAX_FIELDS} fields
     */
    public static boolean nextField(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.FIELD_NAME) {
            return false;
        }
        requireFewFields(parser);
        return true;
    }

    /**
     * Skips the rest of the value that a parser is at.
     *
     * @throws ProblemException 413 if an object in it has more than {@value #MAX_FIELDS} fields
     */
    public static void skip(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        int depth = 0;
        while (token != null) {
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return;
            }
            token = parser.nextToken();
            if (token == JsonToken.FIELD_NAME) {
                requireFewFields(parser);
            }
        }
    }

    private static void requireFewFields(JsonParser parser) {
        if (parser.getParsingContext().getEntryCount() > MAX_FIELDS) {
            throw ProblemException.tooLarge("an object must have at most " + MAX_FIELDS + " fields");
        }
    }

    private static final class DecimalSerializer extends StdSerializer<BigDecimal> {

        private static final long serialVersionUID = 1L;

        DecimalSerializer() {
            super(BigDecimal.class);
        }

        @Override
        public void serialize(BigDecimal value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeNumber(FixedDecimal.toPlainString(value));
        }
    }

    private static final class InstantSerializer extends StdSerializer<Instant> {

        private static final long serialVersionUID = 1L;

        InstantSerializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(EpochNanos.format(value));
        }
    }
}
