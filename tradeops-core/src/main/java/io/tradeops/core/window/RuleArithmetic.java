package io.tradeops.core.window;

import static java.util.Objects.requireNonNull;

import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.window.PriceMoveRule.Direction;
import java.time.Duration;

/** A rule and its allowed lateness as {@code long}s, shared by the detectors of all tickers. Immutable. */
final class RuleArithmetic {

    private static final Duration MAX_ALLOWED_LATENESS = Duration.ofDays(7);
    private static final long PERCENT_UNITS = 100 * FixedDecimal.ONE;

    final PriceMoveRule rule;
    final Duration allowedLateness;
    final boolean up;
    final long windowNanos;
    final long cooldownNanos;
    final long allowedLatenessNanos;
    private final long thresholdUnits;

    /** @throws IllegalArgumentException if {@code allowedLateness} is out of its range */
    RuleArithmetic(PriceMoveRule rule, Duration allowedLateness) {
        this.rule = requireNonNull(rule, "rule");
        this.allowedLateness = requireAllowedLateness(allowedLateness);
        this.up = rule.direction() == Direction.UP;
        this.windowNanos = rule.window().toNanos();
        this.cooldownNanos = rule.cooldown().toNanos();
        this.allowedLatenessNanos = allowedLateness.toNanos();
        this.thresholdUnits = FixedDecimal.of(rule.thresholdPercent());
    }

    static Duration requireAllowedLateness(Duration allowedLateness) {
        if (allowedLateness.isNegative() || allowedLateness.compareTo(MAX_ALLOWED_LATENESS) > 0) {
            throw new IllegalArgumentException("allowedLateness must be 0 to 7 days: " + allowedLateness);
        }
        return allowedLateness;
    }

    /** Tells whether the move is greater than the threshold, in 128 bits: |to − from|·100 > threshold·from. */
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

    /** Tells whether a price is a better reference than another: strictly lower; for a rule that is down, higher. */
    boolean isBetter(long price, long other) {
        return up ? price < other : price > other;
    }
}
