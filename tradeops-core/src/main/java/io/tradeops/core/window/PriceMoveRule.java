package io.tradeops.core.window;

import static java.util.Objects.requireNonNull;

import io.tradeops.core.codec.Arguments;
import io.tradeops.core.trade.FixedDecimal;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Defines which price moves to detect: those by more than a threshold, within a window, in one direction. Immutable.
 *
 * @param direction the direction of the move; to detect both directions, use two rules
 * @param thresholdPercent the threshold in percent of the reference price, 0 to 9999999999.99999999 with at most 8
 *     decimals. A move must be greater than the threshold. Trailing zeros are removed, so that rules with 2.00 and 2
 *     are equal
 * @param window the longest time between the two prices, inclusive; whole milliseconds, more than 0, at most 7 days
 * @param hysteresisPercent by how much the move must fall below the threshold to arm the rule again after a move; 0 to
 *     the threshold, with at most 8 decimals. The default is a quarter of the threshold, rounded down to 8 decimals
 * @param cooldown the time after a move in which no other move is reported, 0 to 7 days; 0 is no cooldown
 */
public record PriceMoveRule(
        Direction direction,
        BigDecimal thresholdPercent,
        Duration window,
        BigDecimal hysteresisPercent,
        Duration cooldown) {

    private static final Duration MAX_WINDOW = Duration.ofDays(7);
    private static final Pattern NOTATION =
            Pattern.compile("(up|down)>([0-9]{1,10}(?:\\.[0-9]{1,8})?)%/([0-9]{1,9})(ms|s)");
    private static final long DEFAULT_HYSTERESIS_DIVISOR = 4;

    /** The direction of a move. */
    public enum Direction {
        UP,
        DOWN
    }

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if a component is out of its range; the message names it
     */
    public PriceMoveRule {
        requireNonNull(direction, "direction");
        thresholdPercent = canonical("thresholdPercent", thresholdPercent);
        hysteresisPercent = canonical("hysteresisPercent", hysteresisPercent);
        if (hysteresisPercent.compareTo(thresholdPercent) > 0) {
            throw new IllegalArgumentException("hysteresisPercent must be at most the threshold of "
                    + FixedDecimal.toPlainString(thresholdPercent) + ": " + hysteresisPercent);
        }
        Arguments.require(
                !window.isZero() && !window.isNegative() && window.compareTo(MAX_WINDOW) <= 0,
                "window must be more than 0 and at most 7 days",
                window);
        Arguments.require(
                !cooldown.isNegative() && cooldown.compareTo(MAX_WINDOW) <= 0,
                "cooldown must be 0 to 7 days",
                cooldown);
        Arguments.require(window.toNanosPart() % 1_000_000 == 0, "window must be whole milliseconds", window);
    }

    /**
     * Creates a rule with the default hysteresis.
     *
     * @throws IllegalArgumentException if a component is out of its range; the message names it
     */
    public PriceMoveRule(Direction direction, BigDecimal thresholdPercent, Duration window, Duration cooldown) {
        this(direction, thresholdPercent, window, defaultHysteresis(thresholdPercent), cooldown);
    }

    /**
     * Creates a rule with the default hysteresis and without a cooldown.
     *
     * @throws IllegalArgumentException if a component is out of its range; the message names it
     */
    public PriceMoveRule(Direction direction, BigDecimal thresholdPercent, Duration window) {
        this(direction, thresholdPercent, window, Duration.ZERO);
    }

    /**
     * Reads a rule in the form of {@link #notation}: {@code up>2%/60s}, {@code down>0.5%/250ms}. The rule has the
     * default hysteresis and no cooldown.
     *
     * @throws IllegalArgumentException if the text has another form or a value is out of its range; the message names it
     */
    public static PriceMoveRule parse(String notation) {
        Matcher matcher = NOTATION.matcher(notation);
        Arguments.require(matcher.matches(), "a rule must look like up>2%/60s or down>0.5%/250ms", notation);
        long length = Long.parseLong(matcher.group(3));
        return new PriceMoveRule(
                matcher.group(1).equals("up") ? Direction.UP : Direction.DOWN,
                new BigDecimal(matcher.group(2)),
                matcher.group(4).equals("s") ? Duration.ofSeconds(length) : Duration.ofMillis(length));
    }

    /**
     * Returns this rule with another hysteresis.
     *
     * @throws IllegalArgumentException if the hysteresis is out of its range
     */
    public PriceMoveRule withHysteresis(BigDecimal newHysteresisPercent) {
        return new PriceMoveRule(direction, thresholdPercent, window, newHysteresisPercent, cooldown);
    }

    /**
     * Returns this rule with another cooldown.
     *
     * @throws IllegalArgumentException if the cooldown is out of its range
     */
    public PriceMoveRule withCooldown(Duration newCooldown) {
        return new PriceMoveRule(direction, thresholdPercent, window, hysteresisPercent, newCooldown);
    }

    private static BigDecimal defaultHysteresis(BigDecimal thresholdPercent) {
        long units = FixedDecimal.of(canonical("thresholdPercent", thresholdPercent));
        return FixedDecimal.toBigDecimal(units / DEFAULT_HYSTERESIS_DIVISOR);
    }

    /** Gives equal percentages the same scale, so that rules of the same notation are equal. */
    private static BigDecimal canonical(String name, BigDecimal percent) {
        if (percent.signum() < 0) {
            throw new IllegalArgumentException(name + " must not be negative: " + percent);
        }
        try {
            return new BigDecimal(FixedDecimal.toString(FixedDecimal.of(percent)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " has " + e.getMessage() + ": " + percent, e);
        }
    }

    /** Returns the rule for a rise of more than 2 % within 60 seconds, with a hysteresis of 0.5 % and no cooldown. */
    public static PriceMoveRule riseOfTwoPercentInOneMinute() {
        return new PriceMoveRule(Direction.UP, BigDecimal.valueOf(2), Duration.ofSeconds(60));
    }

    /**
     * Returns the rule in short, as alerts show it: {@code up>2%/60s}, {@code down>0.5%/250ms}. Hysteresis and cooldown
     * are not part of the notation, because they suppress moves but do not change them.
     */
    public String notation() {
        long millis = window.toMillis();
        String span = millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
        String name = direction == Direction.UP ? "up" : "down";
        return name + ">" + FixedDecimal.toPlainString(thresholdPercent) + "%/" + span;
    }
}
