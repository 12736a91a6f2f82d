package blackbox.window;

import io.tradeops.core.window.PriceMove;
import io.tradeops.core.window.PriceMove.Point;
import io.tradeops.core.window.PriceMoveRule;
import io.tradeops.core.window.PriceMoveRule.Direction;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rule of alerts as it is written: compares every tick with every earlier one, in {@link BigDecimal}. */
final class PriceMoveReference {

    private static final int CLEANUP_SIZE = 200;

    private final PriceMoveRule rule;
    private final long allowedLatenessNanos;
    private final List<Point> ticks = new ArrayList<>();
    private long newest;
    private Optional<PriceMove> last = Optional.empty();
    private boolean armed = true;

    PriceMoveReference(PriceMoveRule rule, Duration allowedLateness) {
        this.rule = rule;
        this.allowedLatenessNanos = allowedLateness.toNanos();
    }

    Optional<PriceMove> onTick(Point tick) {
        boolean inOrder = tick.epochNanos() >= newest;
        advanceTo(tick.epochNanos());
        if (newest - tick.epochNanos() > allowedLatenessNanos) {
            return Optional.empty();
        }
        Optional<Point> reference = reference(tick);
        boolean breaks = reference.isPresent() && exceeds(reference.get(), tick, rule.thresholdPercent());
        ticks.add(tick);
        if (ticks.size() > CLEANUP_SIZE) {
            long oldest = newest - allowedLatenessNanos - rule.window().toNanos();
            ticks.removeIf(old -> old.epochNanos() < oldest);
        }
        if (breaks && (armed || isBeyondLast(tick)) && !isCoolingDown(tick)) {
            int step = armed ? 1 : last.orElseThrow().step() + 1;
            armed = false;
            last = reference.map(from -> new PriceMove(rule, step, from, tick));
            return last;
        }
        armed |= inOrder && reference.map(from -> isSmall(from, tick)).orElse(true);
        return Optional.empty();
    }

    private boolean isBeyondLast(Point tick) {
        return exceeds(last.orElseThrow().trigger(), tick, rule.thresholdPercent());
    }

    /** Tells whether a move is small enough to arm the rule. */
    private boolean isSmall(Point from, Point to) {
        return !exceeds(from, to, rule.thresholdPercent().subtract(rule.hysteresisPercent()));
    }

    void advanceTo(long epochNanos) {
        newest = Math.max(newest, epochNanos);
    }

    private boolean isCoolingDown(Point tick) {
        return rule.cooldown().toNanos() > 0
                && last.isPresent()
                && tick.epochNanos() - last.get().trigger().epochNanos()
                        < rule.cooldown().toNanos();
    }

    private Optional<Point> reference(Point tick) {
        Point best = null;
        for (Point earlier : ticks) {
            if (isInWindow(earlier, tick) && (best == null || isBetter(earlier, best))) {
                best = earlier;
            }
        }
        return Optional.ofNullable(best);
    }

    private boolean isInWindow(Point earlier, Point tick) {
        return earlier.epochNanos() <= tick.epochNanos()
                && tick.epochNanos() - earlier.epochNanos() <= rule.window().toNanos();
    }

    private boolean isBetter(Point later, Point best) {
        if (later.priceUnits() == best.priceUnits()) {
            return later.epochNanos() >= best.epochNanos();
        }
        return (later.priceUnits() < best.priceUnits()) == (rule.direction() == Direction.UP);
    }

    private boolean exceeds(Point from, Point to, BigDecimal percent) {
        BigDecimal start = BigDecimal.valueOf(from.priceUnits());
        BigDecimal change = BigDecimal.valueOf(to.priceUnits()).subtract(start);
        BigDecimal move = rule.direction() == Direction.UP ? change : change.negate();
        return move.multiply(BigDecimal.valueOf(100)).compareTo(percent.multiply(start)) > 0;
    }
}
