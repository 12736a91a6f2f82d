package io.tradeops.core.window;

import static java.util.Objects.requireNonNull;

import io.tradeops.core.trade.FixedDecimal;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * Defines which price moves to detect: those by more than a threshold, within a window, in one direction. Immutable.
 *
 * @param direction the direction of the move; to detect both directions, use two rules
 * @param thresholdPercent the threshold in percent of the reference price, 0 to 9999999999.99999999 with at most 8
 *     decimals. A move must be greater than the threshold. Trailing zeros are removed, so that rules with 2.00 and 2
 *     are equal
 * @param window the longest time between the two prices, inclusive; whole milliseconds, more than 0, at most 7 days
 * @param cooldown the time after a move in which no other move is reported, 0 to 7 days; 0 is no cooldown
 */
public record PriceMoveRule(Direction direction, BigDecimal thresholdPercent, Duration window, Duration cooldown) {

    private static final Duration MAX_WINDOW = Duration.ofDays(7);

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
        if (thresholdPercent.signum() < 0) {
            throw new IllegalArgumentException("thresholdPercent must not be negative: " + thresholdPercent);
        }
        try {
            thresholdPercent = canonical(thresholdPercent);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("thresholdPercent has " + e.getMessage() + ": " + thresholdPercent, e);
        }
        if (window.isZero() || window.isNegative() || window.compareTo(MAX_WINDOW) > 0) {
            throw new IllegalArgumentException("window must be more than 0 and at most 7 days: " + window);
        }
        if (cooldown.isNegative() || cooldown.compareTo(MAX_WINDOW) > 0) {
            throw new IllegalArgumentException("cooldown must be 0 to 7 days: " + cooldown);
        }
        if (window.toNanosPart() % 1_000_000 != 0) {
            throw new IllegalArgumentException("window must be whole milliseconds: " + window);
        }
    }

    /**
     * Creates a rule without a cooldown.
     *
     * @throws IllegalArgumentException if a component is out of its range; the message names it
     */
    public PriceMoveRule(Direction direction, BigDecimal thresholdPercent, Duration window) {
        this(direction, thresholdPercent, window, Duration.ZERO);
    }

    /**
     * Returns this rule with another cooldown.
     *
     * @throws IllegalArgumentException if the cooldown is out of its range
     */
    public PriceMoveRule withCooldown(Duration newCooldown) {
        return new PriceMoveRule(direction, thresholdPercent, window, newCooldown);
    }

    /** Gives equal thresholds the same scale, so that rules of the same notation are equal. */
    private static BigDecimal canonical(BigDecimal percent) {
        return new BigDecimal(FixedDecimal.toString(FixedDecimal.of(percent)));
    }

    /** Returns the rule for a rise of more than 2 % within 60 seconds, without a cooldown. */
    public static PriceMoveRule riseOfTwoPercentInOneMinute() {
        return new PriceMoveRule(Direction.UP, BigDecimal.valueOf(2), Duration.ofSeconds(60));
    }

    /**
     * Returns the rule in short, as alerts show it: {@code up>2%/60s}, {@code down>0.5%/250ms}. The cooldown is not
     * part of the notation, because it suppresses moves but does not change them.
     */
    public String notation() {
        long millis = window.toMillis();
        String span = millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
        String name = direction == Direction.UP ? "up" : "down";
        return name + ">" + FixedDecimal.toPlainString(thresholdPercent) + "%/" + span;
    }
}
