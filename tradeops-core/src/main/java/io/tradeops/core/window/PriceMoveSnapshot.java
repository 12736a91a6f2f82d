package io.tradeops.core.window;

import static java.util.Objects.requireNonNull;

import io.tradeops.core.window.PriceMove.Point;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Everything a {@link PriceMoveDetector} knows, to go on from after a restart: it then finds the very moves that it would
 * have found without one. Immutable; as small as the number of ticks that can still matter.
 *
 * @param rule the detector's rule
 * @param maxDelay how late the detector lets ticks be
 * @param newestNanos the detector's time, in nanoseconds since 1970-01-01T00:00:00Z; empty before the first tick
 * @param armed whether the next tick that breaks the rule is a move
 * @param lastMoveNanos the time of the last move's trigger, in nanoseconds since 1970-01-01T00:00:00Z; empty if there was
 *     none
 * @param lateTicks how many ticks came too late so far
 * @param ticks the ticks that can still be references, in order of time
 */
public record PriceMoveSnapshot(
        PriceMoveRule rule,
        Duration maxDelay,
        OptionalLong newestNanos,
        boolean armed,
        OptionalLong lastMoveNanos,
        long lateTicks,
        List<Point> ticks) {

    /** @throws IllegalArgumentException if the ticks aren't in order or are newer than the newest */
    public PriceMoveSnapshot {
        requireNonNull(rule, "rule");
        requireNonNull(maxDelay, "maxDelay");
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
