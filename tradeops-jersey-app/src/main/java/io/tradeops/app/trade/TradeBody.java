package io.tradeops.app.trade;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tradeops.app.http.InputError;
import io.tradeops.app.http.Json;
import io.tradeops.app.http.ProblemException;
import io.tradeops.core.trade.Trade;
import io.tradeops.core.trade.TradeValidator;
import io.tradeops.core.trade.ValidationResult;
import io.tradeops.core.trade.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trade from a request's JSON. Numbers are taken as the text that was sent, so nothing is rounded on the way to
 * the validator.
 */
final class TradeBody {

    private static final Set<String> FIELDS = Set.of("ticker", "price", "quantity", "side", "timestamp", "trade_id");
    private static final Set<String> NUMBERS = Set.of("price", "quantity");

    private final Map<String, String> values = new HashMap<>();
    private final Set<String> mistyped = new HashSet<>();
    private final List<InputError> errors = new ArrayList<>();

    private TradeBody() {}

    /**
     * Reads one trade.
     *
     * @throws ProblemException 400 if the body is not JSON, 422 with every violation if it is not a trade
     */
    static Trade read(byte[] json, Instant now) {
        TradeBody body = new TradeBody();
        try (JsonParser parser = Json.factory().createParser(decode(json))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                if (parser.currentToken() == null) {
                    throw ProblemException.unreadable("the body is empty; a trade is a JSON object");
                }
                parser.skipChildren();
                requireEnd(parser);
                throw ProblemException.invalid(
                        List.of(InputError.at("", "not_an_object", "a trade must be a JSON object")));
            }
            body.readFields(parser);
            requireEnd(parser);
        } catch (JsonProcessingException e) {
            throw ProblemException.unreadable("the body is not valid JSON: " + Json.reason(e) + place(e.getLocation()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return body.validate(now);
    }

    private void readFields(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (!FIELDS.contains(name)) {
                errors.add(InputError.at(
                        pointer(name),
                        "unknown_field",
                        "unknown field '" + abbreviate(name)
                                + "'; a trade has ticker, price, quantity, side, timestamp, trade_id"));
                parser.skipChildren();
            } else if (token == JsonToken.VALUE_STRING || (token.isNumeric() && NUMBERS.contains(name))) {
                values.put(name, parser.getText());
            } else if (token != JsonToken.VALUE_NULL) {
                mistyped.add(name);
                errors.add(InputError.at(
                        pointer(name),
                        "wrong_type",
                        name + " must be a " + (NUMBERS.contains(name) ? "number or a string" : "string")));
                parser.skipChildren();
            }
        }
    }

    private Trade validate(Instant now) {
        ValidationResult result = TradeValidator.create()
                .check(
                        values.get("ticker"),
                        values.get("price"),
                        values.get("quantity"),
                        values.get("side"),
                        values.get("timestamp"),
                        values.get("trade_id"),
                        now);
        if (result instanceof ValidationResult.Invalid invalid) {
            for (Violation violation : invalid.violations()) {
                if (!mistyped.contains(violation.field())) {
                    errors.add(InputError.at(pointer(violation.field()), violation.code(), violation.detail()));
                }
            }
        }
        if (errors.isEmpty() && result instanceof ValidationResult.Valid valid) {
            return valid.trade();
        }
        throw ProblemException.invalid(errors);
    }

    private static void requireEnd(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw ProblemException.unreadable("the body must end after one JSON value");
        }
    }

    /** JSON between systems is UTF-8 (RFC 8259), and nothing else is guessed. */
    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ProblemException.unreadable("the body is not valid UTF-8");
        }
    }

    private static String pointer(String name) {
        return "/" + abbreviate(name).replace("~", "~0").replace("/", "~1");
    }

    private static String abbreviate(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
