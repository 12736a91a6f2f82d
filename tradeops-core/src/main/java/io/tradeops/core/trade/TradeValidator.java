package io.tradeops.core.trade;

import io.tradeops.core.codec.Arguments;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether the fields that a sender gave make a valid trade, and reports every violation at once. Invalid data
 * gives a result, never an exception. Immutable and thread-safe.
 *
 * <p>{@code validate} returns the violations. {@code check} also creates the trade. For a valid trade {@code validate}
 * allocates nothing, if the decimals are plain (no sign, no exponent, at most 8 decimals) and the trade id is ASCII.
 *
 * <pre>{@code
 * ValidationResult result = TradeValidator.create().check("AAPL", "187.12", "100", "buy", null, null, Instant.now());
 * }</pre>
 */
@SuppressWarnings("exports") // JSpecify's annotations are needed to compile, not to use
public final class TradeValidator {

    /*
     * Most trades are valid. So the list of violations is passed from field to field, and is copied only when a
     * violation is added.
     */

    /** The default of {@code maxAhead}: 5 minutes. It allows for senders whose clocks are fast. */
    public static final Duration DEFAULT_MAX_AHEAD = Duration.ofMinutes(5);

    /** The length of the longest {@code trade_id}, in characters (code points). */
    public static final int MAX_TRADE_ID_LENGTH = 128;

    /** The number of characters of a wrong value that a violation shows. */
    private static final int QUOTED_LENGTH = 64;

    private static final TradeValidator DEFAULT = new TradeValidator(DEFAULT_MAX_AHEAD);

    private final Duration maxAhead;

    private TradeValidator(Duration maxAhead) {
        this.maxAhead = maxAhead;
    }

    /** Returns a validator that accepts timestamps up to {@link #DEFAULT_MAX_AHEAD} ahead of now. */
    public static TradeValidator create() {
        return DEFAULT;
    }

    /**
     * Returns a validator that accepts timestamps up to {@code maxAhead} ahead of now.
     *
     * @throws IllegalArgumentException if {@code maxAhead} is negative
     */
    public static TradeValidator create(Duration maxAhead) {
        Arguments.require(!maxAhead.isNegative(), "maxAhead must not be negative", maxAhead);
        return new TradeValidator(maxAhead);
    }

    /**
     * Checks a trade given as text. A {@code null} is a field that was not given.
     *
     * @param ticker required; see {@link Ticker}
     * @param price required; a decimal greater than 0, see {@link FixedDecimal}
     * @param quantity required; a decimal greater than 0, see {@link FixedDecimal}
     * @param side optional; {@code buy} or {@code sell}
     * @param timestamp optional; RFC 3339, not finer than a microsecond, from 1970-01-01 to {@code now} +
     *     {@code maxAhead}. The default is {@code now}, rounded down to a microsecond
     * @param tradeId optional; 1 to {@value #MAX_TRADE_ID_LENGTH} characters (code points) without control characters
     *     and unpaired surrogates
     * @param now the time of receipt
     * @return the trade, or every violation
     */
    public ValidationResult check(
            @Nullable CharSequence ticker,
            @Nullable CharSequence price,
            @Nullable CharSequence quantity,
            @Nullable CharSequence side,
            @Nullable CharSequence timestamp,
            @Nullable CharSequence tradeId,
            Instant now) {
        List<Violation> violations = validate(ticker, price, quantity, side, timestamp, tradeId, now);
        if (!violations.isEmpty() || ticker == null || price == null || quantity == null) {
            return new ValidationResult.Invalid(violations);
        }
        return new ValidationResult.Valid(new Trade(
                ticker.toString(),
                FixedDecimal.tryParse(price),
                FixedDecimal.tryParse(quantity),
                side == null ? Side.UNKNOWN : Side.ofWireName(side),
                timestamp == null ? micros(now) : EpochNanos.toInstant(EpochNanos.tryParse(timestamp)),
                tradeId == null ? "" : tradeId.toString()));
    }

    /**
     * Returns the violations of a trade given as text, in the order of the arguments; none for a valid trade. The
     * arguments are those of {@link #check(CharSequence, CharSequence, CharSequence, CharSequence, CharSequence,
     * CharSequence, Instant) check}.
     */
    public List<Violation> validate(
            @Nullable CharSequence ticker,
            @Nullable CharSequence price,
            @Nullable CharSequence quantity,
            @Nullable CharSequence side,
            @Nullable CharSequence timestamp,
            @Nullable CharSequence tradeId,
            Instant now) {
        List<Violation> found = ofTicker(List.of(), ticker);
        found = ofAmount(found, "price", price, units(price));
        found = ofAmount(found, "quantity", quantity, units(quantity));
        found = ofSide(found, side);
        if (timestamp != null) {
            found = ofTimestamp(found, timestamp, EpochNanos.tryParse(timestamp), now);
        }
        return ofTradeId(found, tradeId);
    }

    /**
     * Checks a trade given as bytes by the rules for a trade given as text.
     *
     * @param now the time of receipt
     */
    public ValidationResult check(TradeBytes trade, Instant now) {
        return check(
                trade.ticker(), trade.price(), trade.quantity(), trade.side(), trade.timestamp(), trade.tradeId(), now);
    }

    /**
     * Returns the violations of a trade given as bytes; none for a valid trade.
     *
     * @param now the time of receipt
     */
    public List<Violation> validate(TradeBytes trade, Instant now) {
        return validate(
                trade.ticker(), trade.price(), trade.quantity(), trade.side(), trade.timestamp(), trade.tradeId(), now);
    }

    /**
     * Checks a trade given as values by the rules of {@link #check(CharSequence, CharSequence, CharSequence,
     * CharSequence, CharSequence, CharSequence, Instant) check}. A {@code null} is a field that was not given. The name
     * differs from {@code check} so that calls with {@code null} are not ambiguous.
     *
     * @param side optional; the default is {@link Side#UNKNOWN}
     */
    public ValidationResult checkValues(
            @Nullable CharSequence ticker,
            @Nullable BigDecimal price,
            @Nullable BigDecimal quantity,
            @Nullable Side side,
            @Nullable Instant timestamp,
            @Nullable CharSequence tradeId,
            Instant now) {
        List<Violation> violations = validateValues(ticker, price, quantity, timestamp, tradeId, now);
        if (!violations.isEmpty() || ticker == null || price == null || quantity == null) {
            return new ValidationResult.Invalid(violations);
        }
        return new ValidationResult.Valid(new Trade(
                ticker.toString(),
                FixedDecimal.of(price),
                FixedDecimal.of(quantity),
                side == null ? Side.UNKNOWN : side,
                timestamp == null ? micros(now) : timestamp,
                tradeId == null ? "" : tradeId.toString()));
    }

    /**
     * Returns the violations of a trade given as values; none for a valid trade. There is no argument for the side,
     * because every {@link Side} is valid.
     */
    public List<Violation> validateValues(
            @Nullable CharSequence ticker,
            @Nullable BigDecimal price,
            @Nullable BigDecimal quantity,
            @Nullable Instant timestamp,
            @Nullable CharSequence tradeId,
            Instant now) {
        List<Violation> found = ofTicker(List.of(), ticker);
        found = ofAmount(found, "price", price, unitsOrOne(price));
        found = ofAmount(found, "quantity", quantity, unitsOrOne(quantity));
        if (timestamp != null) {
            found = ofTimestamp(found, timestamp, nanos(timestamp), now);
        }
        return ofTradeId(found, tradeId);
    }

    private List<Violation> ofTimestamp(List<Violation> found, Object timestamp, long nanos, Instant now) {
        if (nanos == EpochNanos.NOT_A_TIMESTAMP) {
            return notATimestamp(found, timestamp);
        }
        if (nanos == EpochNanos.OUT_OF_RANGE || isTooFarAhead(nanos, now)) {
            return timestampOutOfRange(found, timestamp, maxAhead);
        }
        return nanos % 1000 == 0 ? found : timestampTooPrecise(found, timestamp);
    }

    /** Tells whether {@code nanos} − {@code now} > {@code maxAhead}. Seconds and nanoseconds apart do not overflow. */
    private boolean isTooFarAhead(long nanos, Instant now) {
        long seconds = nanos / 1_000_000_000 - now.getEpochSecond();
        long rest = nanos % 1_000_000_000 - now.getNano();
        if (rest < 0) {
            seconds--;
            rest += 1_000_000_000;
        }
        return seconds > maxAhead.getSeconds() || (seconds == maxAhead.getSeconds() && rest > maxAhead.getNano());
    }

    private static long units(@Nullable CharSequence text) {
        return text == null ? 0 : FixedDecimal.tryParse(text);
    }

    /**
     * The error of {@link FixedDecimal#tryOf}, or a value of the same sign. It is 1 for a number whose sign and size
     * show that it is valid, so that no other number is allocated.
     */
    private static long unitsOrOne(@Nullable BigDecimal value) {
        if (value == null) {
            return 0;
        }
        boolean valid = value.signum() > 0
                && value.scale() <= FixedDecimal.SCALE
                && (long) value.precision() - value.scale() <= FixedDecimal.MAX_INTEGER_DIGITS;
        return valid ? 1 : FixedDecimal.tryOf(value);
    }

    private static long nanos(Instant timestamp) {
        return timestamp.getEpochSecond() < 0 || timestamp.isAfter(EpochNanos.MAX_INSTANT)
                ? EpochNanos.OUT_OF_RANGE
                : EpochNanos.of(timestamp);
    }

    private static Instant micros(Instant now) {
        return now.truncatedTo(ChronoUnit.MICROS);
    }

    private static List<Violation> ofTicker(List<Violation> found, @Nullable CharSequence ticker) {
        if (ticker == null) {
            return required(found, "ticker");
        }
        return Ticker.isValid(ticker)
                ? found
                : with(found, "ticker", "invalid_ticker", "ticker must match " + Ticker.PATTERN, ticker);
    }

    /** @param units the value in units, or the error of {@link FixedDecimal#tryParse} */
    private static List<Violation> ofAmount(List<Violation> found, String field, @Nullable Object value, long units) {
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

    private static List<Violation> ofSide(List<Violation> found, @Nullable CharSequence side) {
        return side == null || Side.isWireName(side)
                ? found
                : with(found, "side", "invalid_side", "side must be buy or sell", side);
    }

    private static List<Violation> notATimestamp(List<Violation> found, Object timestamp) {
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

    private static List<Violation> timestampOutOfRange(List<Violation> found, Object timestamp, Duration maxAhead) {
        return with(
                found,
                "timestamp",
                "out_of_range",
                "timestamp must lie between 1970-01-01 and " + maxAhead.toSeconds() + " s from now",
                timestamp);
    }

    private static List<Violation> timestampTooPrecise(List<Violation> found, Object timestamp) {
        return with(
                found,
                "timestamp",
                "timestamp_too_precise",
                "timestamp must not be finer than a microsecond",
                timestamp);
    }

    private static List<Violation> ofTradeId(List<Violation> found, @Nullable CharSequence tradeId) {
        return tradeId == null || isTradeId(tradeId)
                ? found
                : with(
                        found,
                        "trade_id",
                        "invalid_trade_id",
                        "trade_id must have 1 to " + MAX_TRADE_ID_LENGTH
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
        int max = MAX_TRADE_ID_LENGTH;
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
