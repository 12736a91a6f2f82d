package io.tradeops.app.trade;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tradeops.app.rest.InputError;
import io.tradeops.app.rest.Json;
import io.tradeops.app.rest.ProblemException;
import io.tradeops.core.trade.Trade;
import io.tradeops.core.trade.TradeValidator;
import io.tradeops.core.trade.ValidationResult;
import io.tradeops.core.trade.Violation;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one trade from the JSON of a request. Numbers go to the validator as the text that was sent, so nothing is
 * rounded. Not thread-safe.
 */
final class TradeJsonReader {

    private static final Set<String> FIELDS = Set.of("ticker", "price", "quantity", "side", "timestamp", "trade_id");
    private static final Set<String> NUMBERS = Set.of("price", "quantity");

    private final String pointer;
    private final ErrorList errors;
    private final Map<String, String> values = new HashMap<>();
    private final Set<String> mistyped = new HashSet<>();

    private TradeJsonReader(String pointer, ErrorList errors) {
        this.pointer = pointer;
        this.errors = errors;
    }

    /**
     * Reads the parser's current value.
     *
     * @param pointer the value's JSON pointer; empty for the whole body
     * @param now the time that the validator compares the timestamp with, and the timestamp of a trade without one
     * @param errors receives every violation
     * @return the trade; empty if it is invalid
     */
    static Optional<Trade> read(JsonParser parser, String pointer, Instant now, ErrorList errors) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            Json.skip(parser);
            errors.add(() -> InputError.at(pointer, "not_an_object", "a trade must be a JSON object"));
            return Optional.empty();
        }
        TradeJsonReader trade = new TradeJsonReader(pointer, errors);
        int before = errors.total();
        trade.readFields(parser);
        Optional<Trade> valid = trade.validate(now);
        return errors.total() == before ? valid : Optional.empty();
    }

    /** The problem with a body that is not JSON.
     *
     * @param linesBefore how many lines of the body come before the parsed text */
    static ProblemException notJson(JsonProcessingException e, int linesBefore) {
        return ProblemException.unreadable(
                "the body is not valid JSON: " + Json.reason(e) + lineAndColumn(e.getLocation(), linesBefore));
    }

    private void readFields(JsonParser parser) throws IOException {
        while (Json.nextField(parser)) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (!FIELDS.contains(name)) {
                fail(
                        name,
                        "unknown_field",
                        () -> "unknown field '" + InputError.shown(name)
                                + "'; a trade has ticker, price, quantity, side, timestamp, trade_id");
                Json.skip(parser);
            } else if (token == JsonToken.VALUE_STRING || (token.isNumeric() && NUMBERS.contains(name))) {
                values.put(name, parser.getText());
            } else if (token != JsonToken.VALUE_NULL) {
                mistyped.add(name);
                fail(
                        name,
                        "wrong_type",
                        () -> name + " must be a " + (NUMBERS.contains(name) ? "number or a string" : "string"));
                Json.skip(parser);
            }
        }
    }

    private Optional<Trade> validate(Instant now) {
        ValidationResult result = TradeValidator.create()
                .check(
                        values.get("ticker"),
                        values.get("price"),
                        values.get("quantity"),
                        values.get("side"),
                        values.get("timestamp"),
                        values.get("trade_id"),
                        now);
        if (result instanceof ValidationResult.Valid valid) {
            return Optional.of(valid.trade());
        }
        for (Violation violation : ((ValidationResult.Invalid) result).violations()) {
            if (!mistyped.contains(violation.field())) {
                fail(violation.field(), violation.code(), violation::detail);
            }
        }
        return Optional.empty();
    }

    private void fail(String field, String code, Supplier<String> detail) {
        errors.add(() -> InputError.at(pointer + "/" + escaped(field), code, detail.get()));
    }

    private static String escaped(String field) {
        return InputError.shown(field).replace("~", "~0").replace("/", "~1");
    }

    private static String lineAndColumn(@Nullable JsonLocation location, int linesBefore) {
        return location == null
                ? ""
                : " (line " + (linesBefore + location.getLineNr()) + ", column " + location.getColumnNr() + ")";
    }
}
