package io.tradeops.core.window;

import static java.util.Objects.requireNonNull;

import io.tradeops.core.codec.Arguments;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.window.PriceMove.Point;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The state of a {@link PriceMoveDetector}. A detector that is restored from it after a restart finds the moves that it
 * would have found without the restart. Immutable.
 *
 * @param rule the detector's rule
 * @param allowedLateness the detector's allowed lateness, 0 to 7 days
 * @param maxAhead how far ahead of the newest tick the detector accepts a tick, 0 to 36,500 days
 * @param newestNanos the detector's time, in nanoseconds since 1970-01-01T00:00:00Z, 0 to {@link EpochNanos#MAX}; empty
 *     before the first tick
 * @param armed whether the next tick that breaks the rule is a move, once the cooldown is over; true if there was no
 *     move
 * @param lastMove the last move; empty if there was none
 * @param lateTicks the number of ticks that were ignored because they were late
 * @param aheadTicks the number of ticks that were refused because they were too far ahead, without the held tick
 * @param heldTick the tick that is held back because it is too far ahead; empty if there is none
 * @param ticks the ticks that can still be references, in the order of their times; unmodifiable
 */
public record PriceMoveSnapshot(
        PriceMoveRule rule,
        Duration allowedLateness,
        Duration maxAhead,
        OptionalLong newestNanos,
        boolean armed,
        Optional<LastMove> lastMove,
        long lateTicks,
        long aheadTicks,
        Optional<Point> heldTick,
        List<Point> ticks) {

    /**
     * What a detector knows of its last move. Immutable.
     *
     * @param step the step of the move, 1 or more
     * @param epochNanos the time of the trigger, in nanoseconds since 1970-01-01T00:00:00Z, 0 to {@link EpochNanos#MAX}
     * @param priceUnits the price of the trigger in 10⁻⁸ units, 1 to
     *     {@link io.tradeops.core.trade.FixedDecimal#MAX_UNITS}
     */
    public record LastMove(int step, long epochNanos, long priceUnits) {

        /**
         * Checks the components.
         *
         * @throws IllegalArgumentException if a component is out of its range; the message names it
         */
        public LastMove {
            Arguments.require(step >= 1, "step must be positive", step);
            Point.requireTime(epochNanos);
            Point.requirePrice(priceUnits);
        }
    }

    /**
     * Checks the components and copies the ticks.
     *
     * @throws IllegalArgumentException if a component is out of its range; if the rule is disarmed without a last move;
     *     if the ticks are not in the order of their times; or if a tick is after {@code newestNanos}, or the held
     *     tick is not
     */
    public PriceMoveSnapshot {
        requireNonNull(rule, "rule");
        RuleArithmetic.requireAllowedLateness(allowedLateness);
        RuleArithmetic.requireMaxAhead(maxAhead);
        Point.requireTime(newestNanos.orElse(0));
        Arguments.requireNotNegative("lateTicks", lateTicks);
        Arguments.requireNotNegative("aheadTicks", aheadTicks);
        ticks = List.copyOf(ticks);
        if (!armed && lastMove.isEmpty()) {
            throw new IllegalArgumentException("a rule without a last move must be armed");
        }
        long newest = newestNanos.orElse(-1);
        requireHeld(heldTick, newest);
        requireOrder(ticks, newest);
    }

    private static void requireHeld(Optional<Point> heldTick, long newest) {
        if (heldTick.isPresent() && heldTick.get().epochNanos() <= newest) {
            throw Arguments.refused("heldTick must be after newestNanos", heldTick.get());
        }
    }

    private static void requireOrder(List<Point> ticks, long newest) {
        long previous = 0;
        for (Point tick : ticks) {
            Arguments.require(
                    tick.epochNanos() >= previous && tick.epochNanos() <= newest,
                    "ticks must be in order of time, none after newestNanos",
                    tick);
            previous = tick.epochNanos();
        }
    }

    /**
     * Writes the snapshot as bytes, which {@link #fromBytes} reads in any process. The bytes begin with a name and a
     * version, and end with a checksum. Equal snapshots give equal bytes.
     */
    public byte[] toBytes() {
        return SnapshotCodec.write(this);
    }

    /**
     * Reads the bytes that {@link #toBytes} of this version or an earlier one wrote.
     *
     * @throws IllegalArgumentException if the bytes are damaged, truncated, of a later version, or not of a snapshot of
     *     one ticker; the message says which
     */
    public static PriceMoveSnapshot fromBytes(byte[] bytes) {
        return SnapshotCodec.readSingle(bytes);
    }
}
