package io.tradeops.core.window;

import static java.util.Objects.requireNonNull;

import io.tradeops.core.window.PriceMove.Point;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * The state of a {@link PriceMoveDetector}. A detector that is restored from it after a restart finds the moves that it
 * would have found without the restart. Immutable.
 *
 * @param rule the detector's rule
 * @param allowedLateness the detector's allowed lateness, 0 to 7 days
 * @param newestNanos the detector's time, in nanoseconds since 1970-01-01T00:00:00Z; empty before the first tick
 * @param armed whether the next tick that breaks the rule is a move, once the cooldown is over
 * @param lastMoveNanos the time of the last move's trigger, in nanoseconds since 1970-01-01T00:00:00Z; empty if there
 *     was no move
 * @param lateTicks the number of ticks that were ignored because they were late
 * @param ticks the ticks that can still be references, in the order of their times; unmodifiable
 */
public record PriceMoveSnapshot(
        PriceMoveRule rule,
        Duration allowedLateness,
        OptionalLong newestNanos,
        boolean armed,
        OptionalLong lastMoveNanos,
        long lateTicks,
        List<Point> ticks) {

    /**
     * Copies the ticks.
     *
     * @throws IllegalArgumentException if the ticks are not in the order of their times, or one is after
     *     {@code newestNanos}
     */
    public PriceMoveSnapshot {
        requireNonNull(rule, "rule");
        requireNonNull(allowedLateness, "allowedLateness");
        ticks = List.copyOf(ticks);
        long newest = newestNanos.orElse(-1);
        long previous = 0;
        for (Point tick : ticks) {
            if (tick.epochNanos() < previous || tick.epochNanos() > newest) {
                throw new IllegalArgumentException("ticks must be in order of time, none after newestNanos: " + tick);
            }
            previous = tick.epochNanos();
        }
    }
}
