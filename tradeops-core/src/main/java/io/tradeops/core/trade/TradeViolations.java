package io.tradeops.core.trade;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a trade: the slow half of {@link TradeValidator}. Not thread-safe. */
final class TradeViolations {

    private static final int QUOTED_LENGTH = 64;

    private final List<Violation> found = new ArrayList<>();

    List<Violation> found() {
        return List.copyOf(found);
    }

    void addTicker(@Nullable CharSequence ticker) {
        if (ticker == null) {
            addRequired("ticker");
        } else if (!Ticker.isValid(ticker)) {
            add("ticker", "invalid_ticker", "ticker must match " + Ticker.PATTERN + ": " + quoted(ticker));
        }
    }

    /** @param units what {@link FixedDecimal#tryParse} says of the value */
    void addAmount(String field, @Nullable Object value, long units) {
        if (value == null) {
            addRequired(field);
        } else if (units == FixedDecimal.NOT_A_NUMBER) {
            add(field, "not_a_number", field + " is not a decimal number: " + quoted(value));
        } else if (units == FixedDecimal.TOO_LARGE) {
            add(field, "too_large", field + " has more than 10 integer digits: " + quoted(value));
        } else if (units == FixedDecimal.TOO_MANY_DECIMALS) {
            add(field, "too_many_decimals", field + " has more than 8 decimals: " + quoted(value));
        } else if (units <= 0) {
            add(field, "not_positive", field + " must be greater than 0: " + quoted(value));
        }
    }

    void addSide(CharSequence side) {
        add("side", "invalid_side", "side must be buy or sell: " + quoted(side));
    }

    void addNoTimestamp(Object timestamp) {
        add(
                "timestamp",
                "invalid_timestamp",
                "timestamp must be RFC 3339, such as 2026-11-20T14:30:00.123456Z: " + quoted(timestamp));
    }

    void addTimestampOutOfRange(Object timestamp, Duration maxAhead) {
        add(
                "timestamp",
                "out_of_range",
                "timestamp must lie between 1970-01-01 and " + maxAhead.toSeconds() + " s from now: "
                        + quoted(timestamp));
    }

    void addTimestampTooPrecise(Object timestamp) {
        add(
                "timestamp",
                "timestamp_too_precise",
                "timestamp must not be finer than a microsecond: " + quoted(timestamp));
    }

    void addTradeId(Object tradeId) {
        add(
                "trade_id",
                "invalid_trade_id",
                "trade_id must have 1 to " + TradeValidator.MAX_TRADE_ID_LENGTH
                        + " characters of the basic plane, none of them a control character: " + quoted(tradeId));
    }

    private void addRequired(String field) {
        add(field, "required", field + " is required");
    }

    private void add(String field, String code, String detail) {
        found.add(new Violation(field, code, detail));
    }

    /** The first characters of what a sender gave; a text of any length makes a short message. */
    private static String quoted(Object value) {
        CharSequence text = value instanceof CharSequence chars ? chars : value.toString();
        return "'" + FixedDecimal.abbreviate(text, QUOTED_LENGTH) + "'";
    }
}
