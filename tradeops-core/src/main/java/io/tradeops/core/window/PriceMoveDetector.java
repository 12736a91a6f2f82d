package io.tradeops.core.window;

import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.window.PriceMoveRule.Direction;
import java.util.Optional;

/**
 * Finds the price moves of one ticker that break one rule, exactly: on a tick (t, p) a rise of more than x percent
 * within w iff an earlier tick (t₀, p₀) has {@code 0 ≤ t − t₀ ≤ w} and {@code (p − p₀)·100 > x·p₀}; a fall likewise
 * from the highest price. Not thread-safe.
 *
 * <p>One move per excursion: after a move the rule stays silent until a tick at which the move from the window's
 * reference is back at or below the threshold. Only ticks arm and fire; time that passes without a tick does neither.
 *
 * <p>Ticks come in the order of their times, equal times in the order of arrival. A tick that is older than the newest
 * one is judged against what the window then still holds of its past, and is a reference for those after it.
 *
 * <pre>{@code
 * var detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());
 * detector.onTick(epochNanos, FixedDecimal.parse("102.01"), seq).ifPresent(move -> …);
 * }</pre>
 */
public final class PriceMoveDetector {

    /*
     * A monotonic deque (the ascending minima algorithm): from front to back the times rise and the prices rise (fall,
     * for Direction.DOWN), so the front is the reference and each tick is pushed and popped once. It lives in three
     * parallel rings whose length is a power of two.
     */

    private static final int INITIAL_CAPACITY = 16;
    private static final long PERCENT_UNITS = 100 * FixedDecimal.ONE;

    private final PriceMoveRule rule;
    private final boolean up;
    private final long windowNanos;
    private final long thresholdUnits;

    private long[] times = new long[INITIAL_CAPACITY];
    private long[] prices = new long[INITIAL_CAPACITY];
    private long[] seqs = new long[INITIAL_CAPACITY];
    private int front;
    private int size;
    private long newest = Long.MIN_VALUE;
    private boolean armed = true;

    /** A detector that has seen nothing. */
    public PriceMoveDetector(PriceMoveRule rule) {
        this.rule = rule;
        this.up = rule.direction() == Direction.UP;
        this.windowNanos = rule.window().toNanos();
        this.thresholdUnits = FixedDecimal.of(rule.thresholdPercent());
    }

    /**
     * Takes the next tick.
     *
     * @param epochNanos the tick's time, 0 or more
     * @param priceUnits the tick's price, 1 to {@link FixedDecimal#MAX_UNITS}
     * @param seq the feed's sequence number, carried into the move
     * @return the move that the tick completes, if it does
     * @throws IllegalArgumentException if time or price are out of range; the tick is then not taken
     */
    public Optional<PriceMove> onTick(long epochNanos, long priceUnits, long seq) {
        if (epochNanos < 0) {
            throw new IllegalArgumentException("epochNanos must not be negative: " + epochNanos);
        }
        if (priceUnits <= 0 || priceUnits > FixedDecimal.MAX_UNITS) {
            throw new IllegalArgumentException("priceUnits must be 1 to " + FixedDecimal.MAX_UNITS + ": " + priceUnits);
        }
        evict(Math.max(epochNanos, newest));
        boolean breaks = size > 0 && times[front] <= epochNanos && exceeds(prices[front], priceUnits);
        Optional<PriceMove> found = breaks && armed ? Optional.of(move(epochNanos, priceUnits, seq)) : Optional.empty();
        armed = !breaks;
        insert(epochNanos, priceUnits, seq);
        newest = Math.max(newest, epochNanos);
        return found;
    }

    private PriceMove move(long epochNanos, long priceUnits, long seq) {
        return new PriceMove(
                rule,
                new PriceMove.Tick(times[front], prices[front], seqs[front]),
                new PriceMove.Tick(epochNanos, priceUnits, seq));
    }

    /** Whether the move is more than the threshold, in 128 bits: |to − from|·100 > threshold·from. */
    private boolean exceeds(long from, long to) {
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

    private void evict(long now) {
        while (size > 0 && now - times[front] > windowNanos) {
            front = (front + 1) & (times.length - 1);
            size--;
        }
    }

    /** Inserts by time; drops what the new tick makes useless as a reference. */
    private void insert(long epochNanos, long priceUnits, long seq) {
        int mask = times.length - 1;
        if (newest - epochNanos > windowNanos && newest != Long.MIN_VALUE) {
            return;
        }
        int later = 0;
        while (later < size && times[(front + size - 1 - later) & mask] > epochNanos) {
            later++;
        }
        if (later > 0 && !isBetter(priceUnits, prices[(front + size - later) & mask])) {
            return;
        }
        int keep = size - later;
        while (keep > 0 && !isBetter(prices[(front + keep - 1) & mask], priceUnits)) {
            keep--;
        }
        moveBack(keep, later);
        if (size == times.length) {
            grow();
        }
        mask = times.length - 1;
        for (int i = size; i > keep; i--) {
            copy((front + i - 1) & mask, (front + i) & mask);
        }
        int at = (front + keep) & mask;
        times[at] = epochNanos;
        prices[at] = priceUnits;
        seqs[at] = seq;
        size++;
    }

    /** Closes the hole between the first {@code keep} and the last {@code later} entries. */
    private void moveBack(int keep, int later) {
        int mask = times.length - 1;
        int hole = size - later - keep;
        if (hole > 0) {
            for (int i = 0; i < later; i++) {
                copy((front + keep + hole + i) & mask, (front + keep + i) & mask);
            }
            size -= hole;
        }
    }

    /** Whether a price is a better reference than another: strictly lower, for falls strictly higher. */
    private boolean isBetter(long price, long other) {
        return up ? price < other : price > other;
    }

    private void copy(int from, int to) {
        times[to] = times[from];
        prices[to] = prices[from];
        seqs[to] = seqs[from];
    }

    private void grow() {
        times = unrolled(times);
        prices = unrolled(prices);
        seqs = unrolled(seqs);
        front = 0;
    }

    private long[] unrolled(long[] ring) {
        long[] larger = new long[ring.length * 2];
        int head = ring.length - front;
        System.arraycopy(ring, front, larger, 0, head);
        System.arraycopy(ring, 0, larger, head, front);
        return larger;
    }
}
