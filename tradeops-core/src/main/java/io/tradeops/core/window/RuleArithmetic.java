package io.tradeops.core.window;

import static java.util.Objects.requireNonNull;

import io.tradeops.core.codec.Arguments;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.window.PriceMoveRule.Direction;
import java.time.Duration;

/** A rule and its limits of time as {@code long}s, shared by the detectors of all tickers. Immutable. */
final class RuleArithmetic {

    /** Stands for an absent price. */
    static final long NO_PRICE = 0;

    private static final Duration LONGEST_LATENESS = Duration.ofDays(7);
    private static final Duration LONGEST_AHEAD = Duration.ofDays(36_500);
    private static final long PERCENT_UNITS = 100 * FixedDecimal.ONE;

    final PriceMoveRule rule;
    final Duration allowedLateness;
    final Duration maxAhead;
    final long windowNanos;
    final long cooldownNanos;
    final long allowedLatenessNanos;

    /** A tick that is further ahead is held back. It cannot have a reference in its window, nor make a tick late. */
    final long aheadNanos;

    private final boolean up;
    private final long thresholdUnits;
    private final long armingUnits;

    /** @throws IllegalArgumentException if a duration is out of its range */
    RuleArithmetic(PriceMoveRule rule, Duration allowedLateness, Duration maxAhead) {
        this.rule = requireNonNull(rule, "rule");
        this.allowedLateness = requireAllowedLateness(allowedLateness);
        this.maxAhead = requireMaxAhead(maxAhead);
        this.up = rule.direction() == Direction.UP;
        this.windowNanos = rule.window().toNanos();
        this.cooldownNanos = rule.cooldown().toNanos();
        this.allowedLatenessNanos = allowedLateness.toNanos();
        this.aheadNanos = Math.max(maxAhead.toNanos(), Math.max(windowNanos, allowedLatenessNanos));
        this.thresholdUnits = FixedDecimal.of(rule.thresholdPercent());
        this.armingUnits = thresholdUnits - FixedDecimal.of(rule.hysteresisPercent());
    }

    static Duration requireAllowedLateness(Duration allowedLateness) {
        Arguments.require(
                !allowedLateness.isNegative() && allowedLateness.compareTo(LONGEST_LATENESS) <= 0,
                "allowedLateness must be 0 to 7 days",
                allowedLateness);
        return allowedLateness;
    }

    static Duration requireMaxAhead(Duration maxAhead) {
        Arguments.require(
                !maxAhead.isNegative() && maxAhead.compareTo(LONGEST_AHEAD) <= 0,
                "maxAhead must be 0 to 36500 days",
                maxAhead);
        return maxAhead;
    }

    /** Tells whether the move between two prices is greater than the threshold. */
    boolean breaks(long from, long to) {
        return exceeds(from, to, thresholdUnits);
    }

    /** Tells whether the move between two prices is at most the threshold less the hysteresis. */
    boolean arms(long from, long to) {
        return !exceeds(from, to, armingUnits);
    }

    /** Compares in 128 bits: |to − from|·100 > percent·from. A move in the other direction is less than 0 percent. */
    private boolean exceeds(long from, long to, long percentUnits) {
        long difference = up ? to - from : from - to;
        if (difference <= 0) {
            return false;
        }
        long moveHigh = Math.multiplyHigh(difference, PERCENT_UNITS);
        long limitHigh = Math.multiplyHigh(from, percentUnits);
        return moveHigh != limitHigh
                ? moveHigh > limitHigh
                : Long.compareUnsigned(difference * PERCENT_UNITS, from * percentUnits) > 0;
    }

    /** The key of a price: the lower it is, the better is the price as a reference. */
    long key(long price) {
        return up ? price : -price;
    }

    /** The price of a key. */
    long price(long key) {
        return up ? key : -key;
    }
}
