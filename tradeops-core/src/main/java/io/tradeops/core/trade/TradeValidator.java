package io.tradeops.core.trade;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether what a sender gave is a trade, and says everything that is wrong with it at once. Bad data is a
 * result, never an exception. Immutable and thread-safe.
 *
 * <pre>{@code
 * ValidationResult result = TradeValidator.create().check("AAPL", "187.12", "100", "buy", null, null, Instant.now());
 * }</pre>
 */
@SuppressWarnings("exports") // JSpecify's annotations are needed to compile, not to use
public final class TradeValidator {

    /** How far ahead of now a timestamp may lie, for senders' clocks that run fast. */
    public static final Duration DEFAULT_MAX_AHEAD = Duration.ofMinutes(5);

    /** The longest {@code trade_id}, in characters. */
    public static final int MAX_TRADE_ID_LENGTH = 128;

    private static final TradeValidator DEFAULT = new TradeValidator(DEFAULT_MAX_AHEAD);

    private final Duration maxAhead;

    private TradeValidator(Duration maxAhead) {
        this.maxAhead = maxAhead;
    }

    /** A validator that lets a timestamp lie up to {@link #DEFAULT_MAX_AHEAD} ahead. */
    public static TradeValidator create() {
        return DEFAULT;
    }

    /** A validator that lets a timestamp lie up to {@code maxAhead} ahead.
     *
     * @throws IllegalArgumentException if it is negative */
    public static TradeValidator create(Duration maxAhead) {
        if (maxAhead.isNegative()) {
            throw new IllegalArgumentException("maxAhead must not be negative: " + maxAhead);
        }
        return new TradeValidator(maxAhead);
    }

    /**
     * Checks a trade given as text; {@code null} is a field that was not given.
     *
     * @param ticker required, see {@link Ticker}
     * @param price required, see {@link FixedDecimal}, greater than 0
     * @param quantity required, see {@link FixedDecimal}, greater than 0
     * @param side {@code buy}, {@code sell} or not given
     * @param timestamp RFC 3339, at most microseconds, from 1970-01-01 to {@code now} + {@code maxAhead}; {@code now}, cut
     *     to microseconds, if not given
     * @param tradeId 1 to {@value #MAX_TRADE_ID_LENGTH} characters without control characters, or not given
     * @param now the time of receipt
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
                timestamp == null
                        ? now.truncatedTo(ChronoUnit.MICROS)
                        : EpochNanos.toInstant(EpochNanos.tryParse(timestamp)),
                tradeId == null ? "" : tradeId.toString()));
    }

    /** Everything that is wrong with a trade, in the order of the arguments; empty if nothing is. See {@link #check}. */
    public List<Violation> validate(
            @Nullable CharSequence ticker,
            @Nullable CharSequence price,
            @Nullable CharSequence quantity,
            @Nullable CharSequence side,
            @Nullable CharSequence timestamp,
            @Nullable CharSequence tradeId,
            Instant now) {
        List<Violation> violations = new ArrayList<>();
        checkTicker(ticker, violations);
        checkAmount("price", price, violations);
        checkAmount("quantity", quantity, violations);
        checkSide(side, violations);
        checkTimestamp(timestamp, now, violations);
        checkTradeId(tradeId, violations);
        return List.copyOf(violations);
    }

    private static void checkTicker(@Nullable CharSequence ticker, List<Violation> violations) {
        if (ticker == null) {
            violations.add(required("ticker"));
        } else if (!Ticker.isValid(ticker)) {
            violations.add(new Violation(
                    "ticker",
                    "invalid_ticker",
                    "ticker must match " + Ticker.PATTERN + ": '" + FixedDecimal.abbreviate(ticker) + "'"));
        }
    }

    private static void checkAmount(String field, @Nullable CharSequence text, List<Violation> violations) {
        if (text == null) {
            violations.add(required(field));
            return;
        }
        long units = FixedDecimal.tryParse(text);
        if (FixedDecimal.isError(units)) {
            String code = units == FixedDecimal.TOO_LARGE
                    ? "too_large"
                    : units == FixedDecimal.TOO_MANY_DECIMALS ? "too_many_decimals" : "not_a_number";
            violations.add(new Violation(
                    field,
                    code,
                    field + (units == FixedDecimal.NOT_A_NUMBER ? " is " : " has ") + FixedDecimal.describeError(units)
                            + ": '" + FixedDecimal.abbreviate(text) + "'"));
        } else if (units <= 0) {
            violations.add(new Violation(
                    field, "not_positive", field + " must be greater than 0: '" + FixedDecimal.abbreviate(text) + "'"));
        }
    }

    private static void checkSide(@Nullable CharSequence side, List<Violation> violations) {
        if (side != null && CharSequence.compare(side, "buy") != 0 && CharSequence.compare(side, "sell") != 0) {
            violations.add(new Violation(
                    "side", "invalid_side", "side must be buy or sell: '" + FixedDecimal.abbreviate(side) + "'"));
        }
    }

    private void checkTimestamp(@Nullable CharSequence timestamp, Instant now, List<Violation> violations) {
        if (timestamp == null) {
            return;
        }
        String value = "'" + FixedDecimal.abbreviate(timestamp) + "'";
        long nanos = EpochNanos.tryParse(timestamp);
        if (nanos == EpochNanos.NOT_A_TIMESTAMP) {
            violations.add(new Violation(
                    "timestamp",
                    "invalid_timestamp",
                    "timestamp must be RFC 3339, such as 2026-11-20T14:30:00.123456Z: " + value));
        } else if (nanos == EpochNanos.OUT_OF_RANGE
                || Duration.between(now, EpochNanos.toInstant(nanos)).compareTo(maxAhead) > 0) {
            violations.add(new Violation(
                    "timestamp",
                    "out_of_range",
                    "timestamp must lie between 1970-01-01 and " + maxAhead + " from now: " + value));
        } else if (nanos % 1000 != 0) {
            violations.add(new Violation(
                    "timestamp", "timestamp_too_precise", "timestamp must not be finer than a microsecond: " + value));
        }
    }

    private static void checkTradeId(@Nullable CharSequence tradeId, List<Violation> violations) {
        if (tradeId == null) {
            return;
        }
        boolean printable =
                tradeId.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
        if (tradeId.length() == 0 || tradeId.length() > MAX_TRADE_ID_LENGTH || !printable) {
            violations.add(new Violation(
                    "trade_id",
                    "invalid_trade_id",
                    "trade_id must have 1 to " + MAX_TRADE_ID_LENGTH
                            + " characters of the basic plane, none of them a control character"));
        }
    }

    private static Violation required(String field) {
        return new Violation(field, "required", field + " is required");
    }
}
