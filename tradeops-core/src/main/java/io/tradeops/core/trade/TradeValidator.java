package io.tradeops.core.trade;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether what a sender gave is a trade, and says everything that is wrong with it at once. Bad data is a
 * result, never an exception. Immutable and thread-safe.
 *
 * <p>{@code validate} says what is wrong and allocates nothing when nothing is, as long as the decimals are plain (no
 * sign, no exponent, at most 8 decimals) and the trade id is ASCII; {@code check} makes the trade as well.
 *
 * <pre>{@code
 * ValidationResult result = TradeValidator.create().check("AAPL", "187.12", "100", "buy", null, null, Instant.now());
 * }</pre>
 */
@SuppressWarnings("exports") // JSpecify's annotations are needed to compile, not to use
public final class TradeValidator {

    /*
     * A valid trade is the rule: the list of what was found is handed from field to field, and is a new one only when
     * there is something to add.
     */

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
     * @param timestamp RFC 3339, at most microseconds, from 1970-01-01 to {@code now} + {@code maxAhead}; {@code now},
     *     cut to microseconds, if not given
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
                timestamp == null ? micros(now) : EpochNanos.toInstant(EpochNanos.tryParse(timestamp)),
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
        List<Violation> found = TradeViolations.ofTicker(List.of(), ticker);
        found = TradeViolations.ofAmount(found, "price", price, units(price));
        found = TradeViolations.ofAmount(found, "quantity", quantity, units(quantity));
        found = TradeViolations.ofSide(found, side);
        if (timestamp != null) {
            found = ofTimestamp(found, timestamp, EpochNanos.tryParse(timestamp), now);
        }
        return TradeViolations.ofTradeId(found, tradeId);
    }

    /** Checks a trade given as bytes, as {@link #check(CharSequence, CharSequence, CharSequence, CharSequence,
     * CharSequence, CharSequence, Instant)} checks text. */
    public ValidationResult check(TradeBytes trade, Instant now) {
        return check(
                trade.ticker(), trade.price(), trade.quantity(), trade.side(), trade.timestamp(), trade.tradeId(), now);
    }

    /** Everything that is wrong with a trade given as bytes; empty if nothing is. */
    public List<Violation> validate(TradeBytes trade, Instant now) {
        return validate(
                trade.ticker(), trade.price(), trade.quantity(), trade.side(), trade.timestamp(), trade.tradeId(), now);
    }

    /**
     * Checks a trade given as values rather than text, by the same rules; {@code null} is a field that was not given.
     * A name of its own keeps calls with {@code null} unambiguous.
     *
     * @param side {@code null} is {@link Side#UNKNOWN}
     * @see #check(CharSequence, CharSequence, CharSequence, CharSequence, CharSequence, CharSequence, Instant)
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

    /** Everything that is wrong with a trade given as values; empty if nothing is. Every {@link Side} is right. */
    public List<Violation> validateValues(
            @Nullable CharSequence ticker,
            @Nullable BigDecimal price,
            @Nullable BigDecimal quantity,
            @Nullable Instant timestamp,
            @Nullable CharSequence tradeId,
            Instant now) {
        List<Violation> found = TradeViolations.ofTicker(List.of(), ticker);
        found = TradeViolations.ofAmount(found, "price", price, unitsOrOne(price));
        found = TradeViolations.ofAmount(found, "quantity", quantity, unitsOrOne(quantity));
        if (timestamp != null) {
            found = ofTimestamp(found, timestamp, nanos(timestamp), now);
        }
        return TradeViolations.ofTradeId(found, tradeId);
    }

    private List<Violation> ofTimestamp(List<Violation> found, Object timestamp, long nanos, Instant now) {
        if (nanos == EpochNanos.NOT_A_TIMESTAMP) {
            return TradeViolations.notATimestamp(found, timestamp);
        }
        if (nanos == EpochNanos.OUT_OF_RANGE || isTooFarAhead(nanos, now)) {
            return TradeViolations.timestampOutOfRange(found, timestamp, maxAhead);
        }
        return nanos % 1000 == 0 ? found : TradeViolations.timestampTooPrecise(found, timestamp);
    }

    /** Whether {@code nanos} − {@code now} > {@code maxAhead}, in seconds and nanoseconds, which can't overflow. */
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

    /** What {@link FixedDecimal#tryOf} says, but 1 for what sign and size tell to be right, without another number. */
    private static long unitsOrOne(@Nullable BigDecimal value) {
        if (value == null) {
            return 0;
        }
        boolean right = value.signum() > 0
                && value.scale() <= FixedDecimal.SCALE
                && (long) value.precision() - value.scale() <= FixedDecimal.MAX_INTEGER_DIGITS;
        return right ? 1 : FixedDecimal.tryOf(value);
    }

    private static long nanos(Instant timestamp) {
        return timestamp.getEpochSecond() < 0 || timestamp.isAfter(EpochNanos.MAX_INSTANT)
                ? EpochNanos.OUT_OF_RANGE
                : EpochNanos.of(timestamp);
    }

    private static Instant micros(Instant now) {
        return now.truncatedTo(ChronoUnit.MICROS);
    }
}
