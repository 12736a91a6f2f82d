package io.tradeops.core.window;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import io.tradeops.core.window.PriceMove.Point;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Detects the price moves of one ticker that break one rule. Not thread-safe. For many tickers or rules, use
 * {@link KeyedPriceMoveDetector}.
 *
 * <p>A tick at time t with price p breaks the rule "up by more than x percent within w" if an earlier tick at time t₀
 * with price p₀ has {@code 0 ≤ t − t₀ ≤ w} and {@code (p − p₀)·100 > x·p₀}. The comparison is exact. The reference of
 * the move is the tick with the lowest price in the window; of equal prices it is the latest. A rule that is down
 * mirrors this, with the highest price as its reference.
 *
 * <p>One excursion gives one move. A move disarms the rule, and a tick that does not break the rule arms it again.
 * During the rule's cooldown after a move, no tick is a move. An excursion that begins during the cooldown and lasts
 * beyond it gives a move at the first tick after the cooldown. Time that passes without ticks changes nothing.
 *
 * <p>Ticks are expected in the order of their times; ticks of the same time keep their order of arrival. A tick that is
 * older than the newest is out of order. If it is older by no more than the allowed lateness, it is evaluated when it
 * arrives, against the ticks that arrived before it and lie in its own window. It is also a reference for the ticks
 * that follow. It can be a move, but it does not arm the rule, because it says nothing about the current price. A tick
 * that is older still is late: it is counted, see {@link #lateTicks}, and otherwise ignored.
 *
 * <p>A tick in order costs amortised O(1). It allocates nothing, unless it is a move or a buffer has to grow. A tick
 * out of order costs O(number of retained ticks). A tick is retained only while it can be a reference.
 *
 * <pre>{@code
 * var detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());
 * detector.onTick(epochNanos, FixedDecimal.parse("102.01"), seq).ifPresent(move -> …);
 * }</pre>
 */
public final class PriceMoveDetector {

    /** The default of the allowed lateness: 2 seconds. */
    public static final Duration DEFAULT_ALLOWED_LATENESS = Duration.ofSeconds(2);

    /*
     * The references are a monotonic queue (the ascending minima algorithm). From front to back the times rise and the
     * prices rise; for Direction.DOWN the prices fall. So the front is the reference, and each tick is pushed and
     * popped once.
     *
     * A tick that leaves the queue can still be the reference of a tick that arrives out of order. It is copied to a
     * second ring, marked with the newest time at that moment. Once that time is the allowed lateness ago, no tick that
     * needs it can be in time. The marks rise, so ticks expire from the front. They are removed only when their room is
     * needed, because until then they do no harm.
     */

    private static final long NONE = -1;

    private final RuleArithmetic rule;
    private final TickRing references;
    private final TickRing dropped;
    private long newest = NONE;
    private long lastMove = NONE;
    private boolean armed = true;
    private long lateTicks;

    /** Creates a detector with an allowed lateness of {@link #DEFAULT_ALLOWED_LATENESS}. */
    public PriceMoveDetector(PriceMoveRule rule) {
        this(rule, DEFAULT_ALLOWED_LATENESS);
    }

    /**
     * Creates a detector.
     *
     * @param allowedLateness the allowed lateness, 0 to 7 days: by how much a tick may be older than the newest tick
     * @throws IllegalArgumentException if {@code allowedLateness} is out of its range
     */
    public PriceMoveDetector(PriceMoveRule rule, Duration allowedLateness) {
        this(new RuleArithmetic(rule, allowedLateness), new TickBudget(Long.MAX_VALUE));
    }

    PriceMoveDetector(RuleArithmetic rule, TickBudget budget) {
        this.rule = rule;
        this.references = new TickRing(budget);
        this.dropped = new TickRing(budget);
    }

    /** Creates a detector that continues from a snapshot. It finds the moves that the original detector would find. */
    public static PriceMoveDetector restore(PriceMoveSnapshot snapshot) {
        PriceMoveDetector detector = new PriceMoveDetector(snapshot.rule(), snapshot.allowedLateness());
        detector.load(snapshot);
        return detector;
    }

    void load(PriceMoveSnapshot snapshot) {
        newest = snapshot.newestNanos().orElse(NONE);
        for (Point tick : snapshot.ticks()) {
            retain(tick.epochNanos(), tick.priceUnits(), tick.seq());
        }
        armed = snapshot.armed();
        lastMove = snapshot.lastMoveNanos().orElse(NONE);
        lateTicks = snapshot.lateTicks();
    }

    /**
     * Evaluates the next tick.
     *
     * @param epochNanos the time, in nanoseconds since 1970-01-01T00:00:00Z, 0 to {@link EpochNanos#MAX}
     * @param priceUnits the price in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
     * @param seq the feed's sequence number, which is copied to the move
     * @return the move, if the tick is one
     * @throws IllegalArgumentException if time or price is out of its range; the detector's state is then unchanged
     */
    public Optional<PriceMove> onTick(long epochNanos, long priceUnits, long seq) {
        requireTime(epochNanos);
        requirePrice(priceUnits);
        return onValidTick(epochNanos, priceUnits, seq);
    }

    /**
     * Evaluates the next tick. All ticks must be of the same ticker; the detector does not check this.
     *
     * @return the move, if the tick is one
     */
    public Optional<PriceMove> onTick(Tick tick) {
        return onValidTick(tick.epochNanos(), tick.priceUnits(), tick.seq());
    }

    /**
     * Advances the detector's time without a tick. References that are then out of the window are dropped. From then on
     * a tick is late if it is older than this time by more than the allowed lateness. The rule is neither armed nor
     * disarmed, so calls of this method do not change the moves as long as no tick is late. A time before the newest
     * has no effect.
     *
     * @param epochNanos the time, in nanoseconds since 1970-01-01T00:00:00Z, 0 to {@link EpochNanos#MAX}
     * @throws IllegalArgumentException if the time is out of its range
     */
    public void advanceTo(long epochNanos) {
        requireTime(epochNanos);
        if (epochNanos > newest) {
            advance(epochNanos);
        }
    }

    /** Returns the number of ticks that were ignored because they were older than the allowed lateness. */
    public long lateTicks() {
        return lateTicks;
    }

    /** Returns the detector's state, from which {@link #restore(PriceMoveSnapshot)} continues. */
    public PriceMoveSnapshot snapshot() {
        removeExpired();
        return new PriceMoveSnapshot(
                rule.rule,
                rule.allowedLateness,
                optional(newest),
                armed,
                optional(lastMove),
                lateTicks,
                RetainedTicks.inOrder(dropped, references));
    }

    Optional<PriceMove> onValidTick(long epochNanos, long priceUnits, long seq) {
        if (epochNanos < newest) {
            return onOutOfOrderTick(epochNanos, priceUnits, seq);
        }
        if (epochNanos > newest) {
            advance(epochNanos);
        }
        boolean breaks = references.size() > 0 && rule.exceeds(references.price(0), priceUnits);
        Optional<PriceMove> found = Optional.empty();
        if (breaks && mayFire(epochNanos)) {
            found = fire(references.tick(0), new Point(epochNanos, priceUnits, seq));
        }
        armed |= !breaks;
        retainNewest(epochNanos, priceUnits, seq);
        return found;
    }

    /** Tells whether the detector's state cannot affect the result of a tick at this time or later. */
    boolean isIdleAt(long epochNanos) {
        long since = epochNanos - newest;
        return since > rule.windowNanos + rule.allowedLatenessNanos
                && (lastMove == NONE || epochNanos - lastMove >= rule.cooldownNanos);
    }

    void release() {
        references.release();
        dropped.release();
    }

    private Optional<PriceMove> onOutOfOrderTick(long epochNanos, long priceUnits, long seq) {
        if (newest - epochNanos > rule.allowedLatenessNanos) {
            lateTicks++;
            return Optional.empty();
        }
        Optional<PriceMove> found = Optional.empty();
        if (mayFire(epochNanos)) {
            found = RetainedTicks.bestReference(dropped, references, epochNanos - rule.windowNanos, epochNanos, rule.up)
                    .filter(reference -> rule.exceeds(reference.priceUnits(), priceUnits))
                    .flatMap(reference -> fire(reference, new Point(epochNanos, priceUnits, seq)));
        }
        retain(epochNanos, priceUnits, seq);
        return found;
    }

    private boolean mayFire(long epochNanos) {
        return armed && (lastMove == NONE || rule.cooldownNanos == 0 || epochNanos - lastMove >= rule.cooldownNanos);
    }

    private Optional<PriceMove> fire(Point reference, Point trigger) {
        armed = false;
        lastMove = trigger.epochNanos();
        return Optional.of(new PriceMove(rule.rule, reference, trigger));
    }

    private void advance(long epochNanos) {
        newest = epochNanos;
        while (references.size() > 0 && epochNanos - references.time(0) > rule.windowNanos) {
            drop(0);
            references.removeFront();
        }
    }

    /** Retains the newest tick. It replaces the references whose price is not better. */
    private void retainNewest(long epochNanos, long priceUnits, long seq) {
        int remaining = references.size();
        while (remaining > 0 && !rule.isBetter(references.price(remaining - 1), priceUnits)) {
            remaining--;
            drop(remaining);
        }
        references.truncate(remaining);
        references.push(epochNanos, priceUnits, seq, 0);
    }

    /**
     * Retains a tick of any age. It becomes a reference if no later reference is as good. If one is, it goes to the
     * second ring, for ticks that arrive out of order.
     */
    private void retain(long epochNanos, long priceUnits, long seq) {
        int to = references.size();
        while (to > 0 && references.time(to - 1) > epochNanos) {
            to--;
        }
        boolean useful = newest - epochNanos <= rule.windowNanos
                && (to == references.size() || rule.isBetter(priceUnits, references.price(to)));
        if (!useful) {
            if (dropped.isFull()) {
                removeExpired();
            }
            dropped.push(epochNanos, priceUnits, seq, newest);
            return;
        }
        int from = to;
        while (from > 0 && !rule.isBetter(references.price(from - 1), priceUnits)) {
            from--;
            drop(from);
        }
        references.replace(from, to, epochNanos, priceUnits, seq);
    }

    private void drop(int index) {
        if (rule.allowedLatenessNanos > 0) {
            if (dropped.isFull()) {
                removeExpired();
            }
            dropped.pushCopy(references, index, newest);
        }
    }

    private static OptionalLong optional(long nanos) {
        return nanos == NONE ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    private void removeExpired() {
        while (dropped.size() > 0 && newest - dropped.mark(0) >= rule.allowedLatenessNanos) {
            dropped.removeFront();
        }
    }

    static void requireTime(long epochNanos) {
        if (epochNanos < 0) {
            throw new IllegalArgumentException("epochNanos must not be negative: " + epochNanos);
        }
        if (epochNanos > EpochNanos.MAX) {
            throw new IllegalArgumentException("epochNanos must be at most " + EpochNanos.MAX + ": " + epochNanos);
        }
    }

    static void requirePrice(long priceUnits) {
        if (priceUnits <= 0 || priceUnits > FixedDecimal.MAX_UNITS) {
            throw new IllegalArgumentException("priceUnits must be 1 to " + FixedDecimal.MAX_UNITS + ": " + priceUnits);
        }
    }
}
