package io.tradeops.core.window;

import static java.util.Objects.requireNonNull;

import io.tradeops.core.trade.FixedDecimal;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * Which price moves count: more than a threshold, within a window, in one direction. Immutable.
 *
 * @param direction up or down; to watch both, use two rules
 * @param thresholdPercent a move of more than this counts, of exactly this doesn't; 0 to 9999999999.99999999;
 *     equal thresholds are kept alike, so 2.00 is 2
 * @param window how far apart the two prices may be, inclusive; whole milliseconds, more than 0, at most 7 days
 * @param cooldown how long after a move's trigger no other move counts; 0, which is none, to 7 days
 */
public record PriceMoveRule(Direction direction, BigDecimal thresholdPercent, Duration window, Duration cooldown) {

    private static final Duration MAX_WINDOW = Duration.ofDays(7);

    /** The direction of a move. */
    public enum Direction {
        UP,
        DOWN
    }

    /** @throws IllegalArgumentException naming the component that is out of its range */
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

    /** A rule without a cooldown.
     *
     * @throws IllegalArgumentException naming the component that is out of its range */
    public PriceMoveRule(Direction direction, BigDecimal thresholdPercent, Duration window) {
        this(direction, thresholdPercent, window, Duration.ZERO);
    }

    /** This rule with another cooldown.
     *
     * @throws IllegalArgumentException if it is out of its range */
    public PriceMoveRule withCooldown(Duration newCooldown) {
        return new PriceMoveRule(direction, thresholdPercent, window, newCooldown);
    }

    /** One scale for equal thresholds, so that rules of the same notation are equal. */
    private static BigDecimal canonical(BigDecimal percent) {
        return new BigDecimal(FixedDecimal.toString(FixedDecimal.of(percent)));
    }

    /** A rise of more than 2 % within 60 seconds. */
    public static PriceMoveRule riseOfTwoPercentInOneMinute() {
        return new PriceMoveRule(Direction.UP, BigDecimal.valueOf(2), Duration.ofSeconds(60));
    }

    /**
     * The rule in short, as alerts carry it: {@code up>2%/60s}, {@code down>0.5%/250ms}. The cooldown isn't part of it: it
     * leaves moves out, but makes none another move.
     */
    public String notation() {
        long millis = window.toMillis();
        String span = millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
        String name = direction == Direction.UP ? "up" : "down";
        return name + ">" + FixedDecimal.toPlainString(thresholdPercent) + "%/" + span;
    }
}
