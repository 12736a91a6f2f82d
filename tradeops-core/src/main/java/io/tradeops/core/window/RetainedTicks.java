package io.tradeops.core.window;

import io.tradeops.core.window.PriceMove.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ticks of one ticker that can still be references for one rule. Not thread-safe.
 *
 * <p>The recent ticks are those of the allowed lateness, all of them in order. Of the ticks before, only those are
 * retained that no later tick beats. Together they give the best reference of every tick that can still arrive.
 */
final class RetainedTicks {

    private final RuleArithmetic rule;
    private final TickBudget budget;
    private final MonotonicTicks older;
    private final RecentTicks recent;

    RetainedTicks(RuleArithmetic rule, TickBudget budget) {
        this.rule = rule;
        this.budget = budget;
        this.older = new MonotonicTicks(budget);
        this.recent = new RecentTicks(budget);
    }

    /** Removes what is too old for a new newest time, or some of it, and moves some of the recent ticks. */
    void advanceTo(long newest) {
        long windowStart = newest - rule.windowNanos;
        long expiry = windowStart - rule.allowedLatenessNanos;
        if (rule.allowedLatenessNanos > 0) {
            recent.removeBefore(expiry);
            recent.moveTo(older, newest - rule.allowedLatenessNanos);
        }
        older.advance(windowStart, expiry);
    }

    /**
     * The best price in the window of the newest time, to which the ticks have been advanced; {@link
     * RuleArithmetic#NO_PRICE} if there is none.
     */
    long bestPrice(long newest) {
        int first = older.outdated();
        long key = first < older.size() ? older.key(first) : RecentTicks.NO_KEY;
        if (rule.allowedLatenessNanos > 0) {
            key = Math.min(key, recent.bestKey(newest - rule.windowNanos));
        }
        return key == RecentTicks.NO_KEY ? RuleArithmetic.NO_PRICE : rule.price(key);
    }

    /** The best tick between two times, both inclusive. The second is not before the watermark. */
    Optional<Point> best(long from, long to) {
        int first = older.firstAtOrAfter(0, from);
        long olderKey = first < older.size() ? older.key(first) : RecentTicks.NO_KEY;
        long recentKey = recent.bestKey(from, to);
        if (recentKey == RecentTicks.NO_KEY && olderKey == RecentTicks.NO_KEY) {
            return Optional.empty();
        }
        if (recentKey <= olderKey) {
            return recent.latest(recentKey, from, to, rule);
        }
        return Optional.of(older.tick(first, rule));
    }

    /** Retains the newest tick. */
    void add(long epochNanos, long priceUnits, long seq) {
        long key = rule.key(priceUnits);
        boolean retained =
                rule.allowedLatenessNanos == 0 ? older.push(epochNanos, key, seq) : recent.append(epochNanos, key, seq);
        if (!retained) {
            budget.countRefused();
        }
    }

    /** Retains a tick that is not before the watermark. */
    void insert(long epochNanos, long priceUnits, long seq) {
        if (!recent.insert(epochNanos, rule.key(priceUnits), seq)) {
            budget.countRefused();
        }
    }

    /**
     * The ticks that can still be references, in the order of their times. They depend only on the ticks that arrived,
     * not on how many of them have been moved or removed so far.
     */
    List<Point> inOrder(long newest) {
        long watermark = newest - rule.allowedLatenessNanos;
        long expiry = watermark - rule.windowNanos;
        List<Point> ticks = new ArrayList<>();
        for (int i = older.firstAtOrAfter(0, expiry); i < older.size(); i++) {
            ticks.add(older.tick(i, rule));
        }
        recent.forEach(rule, tick -> {
            if (tick.epochNanos() >= expiry) {
                addInOrder(ticks, tick, watermark);
            }
        });
        return ticks;
    }

    /** A tick that no late tick can precede any more replaces those before it that are not better. */
    private void addInOrder(List<Point> ticks, Point tick, long watermark) {
        int last = ticks.size() - 1;
        while (tick.epochNanos() <= watermark && last >= 0 && !isBetter(ticks.get(last), tick)) {
            ticks.remove(last);
            last--;
        }
        ticks.add(tick);
    }

    private boolean isBetter(Point tick, Point other) {
        return rule.key(tick.priceUnits()) < rule.key(other.priceUnits());
    }

    /** Retains the ticks of a snapshot. */
    void load(List<Point> ticks, long newest) {
        long watermark = newest - rule.allowedLatenessNanos;
        for (Point tick : ticks) {
            if (tick.epochNanos() > watermark) {
                add(tick.epochNanos(), tick.priceUnits(), tick.seq());
            } else if (!older.push(tick.epochNanos(), rule.key(tick.priceUnits()), tick.seq())) {
                budget.countRefused();
            }
        }
        advanceTo(newest);
    }

    /** Removes all ticks and returns their room. */
    void release() {
        older.release();
        recent.release();
    }
}
