package io.tradeops.core.window;

import io.tradeops.core.window.PriceMove.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a detector's older and recent ticks together: they hold every tick that can still be a reference. Static
 * functions.
 */
final class RetainedTicks {

    private RetainedTicks() {}

    /** The best tick between two times, both inclusive. The second is not before the watermark. */
    static Optional<Point> best(MonotonicTicks older, RecentTicks recent, long from, long to, RuleArithmetic rule) {
        int first = older.firstAtOrAfter(0, from);
        long olderKey = first < older.size() ? older.key(first) : RecentTicks.NO_KEY;
        long recentKey = recent.bestKey(from, to);
        if (recentKey == RecentTicks.NO_KEY && olderKey == RecentTicks.NO_KEY) {
            return Optional.empty();
        }
        return recentKey <= olderKey ? recent.latest(recentKey, from, to, rule) : Optional.of(older.tick(first, rule));
    }

    /**
     * The ticks that can still be references, in the order of their times. They depend only on the ticks that arrived,
     * not on how many of them have been moved or removed so far.
     */
    static List<Point> inOrder(MonotonicTicks older, RecentTicks recent, long newest, RuleArithmetic rule) {
        long watermark = newest - rule.allowedLatenessNanos;
        long expiry = watermark - rule.windowNanos;
        List<Point> ticks = new ArrayList<>();
        for (int i = older.firstAtOrAfter(0, expiry); i < older.size(); i++) {
            ticks.add(older.tick(i, rule));
        }
        recent.forEach(rule, tick -> {
            if (tick.epochNanos() >= expiry) {
                removeNotBetter(ticks, tick, watermark, rule);
                ticks.add(tick);
            }
        });
        return ticks;
    }

    /** A tick that no late tick can precede any more replaces those before it that are not better. */
    private static void removeNotBetter(List<Point> ticks, Point tick, long watermark, RuleArithmetic rule) {
        int last = ticks.size() - 1;
        long key = rule.key(tick.priceUnits());
        while (tick.epochNanos() <= watermark
                && last >= 0
                && rule.key(ticks.get(last).priceUnits()) >= key) {
            ticks.remove(last);
            last--;
        }
    }
}
