package io.tradeops.core.window;

import static java.util.Objects.requireNonNull;

import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.window.PriceMoveRule.Direction;
import java.time.Duration;

/** A rule and how late ticks may be, in {@code long}s: one object for all the tickers of a rule. Immutable. */
final class RuleArithmetic {

    private static final Duration MAX_MAX_DELAY = Duration.ofDays(7);
    private static final long PERCENT_UNITS = 100 * FixedDecimal.ONE;

    final PriceMoveRule rule;
    final Duration maxDelay;
    final boolean up;
    final long windowNanos;
    final long cooldownNanos;
    final long maxDelayNanos;
    private final long thresholdUnits;

    /** @throws IllegalArgumentException if the delay is out of its range */
    RuleArithmetic(PriceMoveRule rule, Duration maxDelay) {
        this.rule = requireNonNull(rule, "rule");
        this.maxDelay = requireMaxDelay(maxDelay);
        this.up = rule.direction() == Direction.UP;
        this.windowNanos = rule.window().toNanos();
        this.cooldownNanos = rule.cooldown().toNanos();
        this.maxDelayNanos = maxDelay.toNanos();
        this.thresholdUnits = FixedDecimal.of(rule.thresholdPercent());
    }

    static Duration requireMaxDelay(Duration maxDelay) {
        if (maxDelay.isNegative() || maxDelay.compareTo(MAX_MAX_DELAY) > 0) {
            throw new IllegalArgumentException("maxDelay must be 0 to 7 days: " + maxDelay);
        }
        return maxDelay;
    }

    /** Whether the move is more than the threshold, in 128 bits: |to − from|·100 > threshold·from. */
    boolean exceeds(long from, long to) {
        long difference = up ? to - from : from - to;
        if (difference <= 0) {
            return false;
        }
        long moveHigh = Math.multiplyHigh(difference, PERCENT_UNITS);
        long limitHigh = Math.multiplyHigh(from, thresholdUnits);
        return moveHigh != limitHigh
                ? moveHigh > limitHigh
                : Long.compareUnsigned(difference * PERCENT_UNITS, from * thresholdUnits) > 0;
    }

    /** Whether a price is a better reference than another: strictly lower, for falls strictly higher. */
    boolean isBetter(long price, long other) {
        return up ? price < other : price > other;
    }
}
