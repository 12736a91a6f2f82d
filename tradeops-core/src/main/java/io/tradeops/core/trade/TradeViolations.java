package io.tradeops.core.trade;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the fields of a trade. Each function takes the violations found so far, and returns them with those of its
 * field added. Static functions; thread-safe.
 */
final class TradeViolations {

    private static final int QUOTED_LENGTH = 64;

    private TradeViolations() {}

    static List<Violation> ofTicker(List<Violation> found, @Nullable CharSequence ticker) {
        if (ticker == null) {
            return required(found, "ticker");
        }
        return Ticker.isValid(ticker)
                ? found
                : with(found, "ticker", "invalid_ticker", "ticker must match " + Ticker.PATTERN, ticker);
    }

    /** @param units the value in units, or the error of {@link FixedDecimal#tryParse} */
    static List<Violation> ofAmount(List<Violation> found, String field, @Nullable Object value, long units) {
        if (value == null) {
            return required(found, field);
        }
        if (units > 0) {
            return found;
        }
        if (units == FixedDecimal.NOT_A_NUMBER) {
            return with(found, field, "not_a_number", field + " is not a decimal number", value);
        }
        if (units == FixedDecimal.TOO_LARGE) {
            return with(found, field, "too_large", field + " has more than 10 integer digits", value);
        }
        return units == FixedDecimal.TOO_MANY_DECIMALS
                ? with(found, field, "too_many_decimals", field + " has more than 8 decimals", value)
                : with(found, field, "not_positive", field + " must be greater than 0", value);
    }

    static List<Violation> ofSide(List<Violation> found, @Nullable CharSequence side) {
        return side == null || Side.isWireName(side)
                ? found
                : with(found, "side", "invalid_side", "side must be buy or sell", side);
    }

    static List<Violation> notATimestamp(List<Violation> found, Object timestamp) {
        boolean leap = timestamp instanceof CharSequence text && EpochNanos.isLeapSecond(text);
        return with(
                found,
                "timestamp",
                "invalid_timestamp",
                leap
                        ? "timestamp must not be in a leap second: leap seconds are not supported"
                        : "timestamp must be RFC 3339, such as 2026-11-20T14:30:00.123456Z",
                timestamp);
    }

    static List<Violation> timestampOutOfRange(List<Violation> found, Object timestamp, Duration maxAhead) {
        return with(
                found,
                "timestamp",
                "out_of_range",
                "timestamp must lie between 1970-01-01 and " + maxAhead.toSeconds() + " s from now",
                timestamp);
    }

    static List<Violation> timestampTooPrecise(List<Violation> found, Object timestamp) {
        return with(
                found,
                "timestamp",
                "timestamp_too_precise",
                "timestamp must not be finer than a microsecond",
                timestamp);
    }

    static List<Violation> ofTradeId(List<Violation> found, @Nullable CharSequence tradeId) {
        return tradeId == null || isTradeId(tradeId)
                ? found
                : with(
                        found,
                        "trade_id",
                        "invalid_trade_id",
                        "trade_id must have 1 to " + TradeValidator.MAX_TRADE_ID_LENGTH
                                + " characters, without control characters and unpaired surrogates",
                        tradeId);
    }

    /**
     * Tells whether a text can be a sender's own trade id: 1 to 128 characters (code points) without control characters
     * and unpaired surrogates. Bytes must be UTF-8.
     */
    static boolean isTradeId(CharSequence tradeId) {
        if (tradeId instanceof ByteText bytes && !bytes.isAscii()) {
            return bytes.isUtf8() && areCharacters(bytes.toString());
        }
        return areCharacters(tradeId);
    }

    private static boolean areCharacters(CharSequence tradeId) {
        int length = tradeId.length();
        if (length == 0 || isTooLong(tradeId, length)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = tradeId.charAt(i);
            if (Character.isISOControl(c) || (Character.isSurrogate(c) && !isPaired(tradeId, i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTooLong(CharSequence tradeId, int length) {
        int max = TradeValidator.MAX_TRADE_ID_LENGTH;
        return length > max && (length > 2 * max || Character.codePointCount(tradeId, 0, length) > max);
    }

    /** Tells whether the surrogate at {@code i} has the other half of its pair beside it. */
    private static boolean isPaired(CharSequence text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    private static List<Violation> required(List<Violation> found, String field) {
        return with(found, new Violation(field, "required", field + " is required"));
    }

    private static List<Violation> with(
            List<Violation> found, String field, String code, String problem, Object value) {
        return with(found, new Violation(field, code, problem + ": " + quoted(value)));
    }

    private static List<Violation> with(List<Violation> found, Violation violation) {
        List<Violation> more = new ArrayList<>(found);
        more.add(violation);
        return List.copyOf(more);
    }

    /** The first characters of the sender's value in quotes, so that no value makes a long message. */
    private static String quoted(Object value) {
        CharSequence text = value instanceof CharSequence chars ? chars : value.toString();
        return "'" + FixedDecimal.abbreviate(text, QUOTED_LENGTH) + "'";
    }
}
