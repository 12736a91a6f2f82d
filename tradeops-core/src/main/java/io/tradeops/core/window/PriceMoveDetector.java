package io.tradeops.core.window;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import io.tradeops.core.window.PriceMove.Point;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the price moves of one ticker that break one rule, exactly: on a tick (t, p) a rise of more than x percent
 * within w iff an earlier tick (t₀, p₀) has {@code 0 ≤ t − t₀ ≤ w} and {@code (p − p₀)·100 > x·p₀}; a fall likewise
 * from the highest price. Not thread-safe; for many tickers or rules see {@link KeyedPriceMoveDetector}.
 *
 * <p>One move per excursion: after a move the rule stays silent until a tick that doesn't break it. While a rule's
 * cooldown lasts no tick is a move; if the price still breaks the rule when it is over, the next tick is. Only ticks arm
 * and fire; time that passes without a tick does neither.
 *
 * <p>Ticks come in the order of their times, equal times in the order of arrival. One that is older than the newest by
 * no more than {@code maxDelay} is judged exactly when it comes, against all that came before it and are in its window,
 * and is a reference for those after it; it can be a move, but doesn't arm the rule again, for it says nothing about
 * now. A tick that is later still is counted ({@link #lateTicks}) and otherwise ignored.
 *
 * <p>A tick in order costs amortised O(1) and, once the rings have grown, allocates nothing; one out of order costs
 * O(number of ticks kept). Ticks that came before and can't be a reference any more are not kept.
 *
 * <pre>{@code
 * var detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());
 * detector.onTick(epochNanos, FixedDecimal.parse("102.01"), seq).ifPresent(move -> …);
 * }</pre>
 */
public final class PriceMoveDetector {

    /** How late ticks may be if nothing else is said: 2 seconds. */
    public static final Duration DEFAULT_MAX_DELAY = Duration.ofSeconds(2);

    /*
     * A monotonic queue (the ascending minima algorithm): from front to back the times rise and the prices rise (fall,
     * for Direction.DOWN), so the front is the reference and each tick is pushed and popped once.
     *
     * What the queue drops can still be the reference of a tick that comes late. It goes to a second ring, marked with
     * the newest time at which it was dropped; when that is maxDelay ago, no tick can come that would want it. The marks
     * rise, so the front goes first, and it goes when its room is wanted: until then it does no harm.
     */

    private static final long NONE = -1;

    private final RuleArithmetic rule;
    private final TickRing references;
    private final TickRing dropped;
    private long newest = NONE;
    private long lastMove = NONE;
    private boolean armed = true;
    private long lateTicks;

    /** A detector that has seen nothing and lets ticks be late by {@link #DEFAULT_MAX_DELAY}. */
    public PriceMoveDetector(PriceMoveRule rule) {
        this(rule, DEFAULT_MAX_DELAY);
    }

    /** A detector that has seen nothing.
     *
     * @param maxDelay how much older than the newest a tick may be; 0 to 7 days
     * @throws IllegalArgumentException if it is out of its range */
    public PriceMoveDetector(PriceMoveRule rule, Duration maxDelay) {
        this(new RuleArithmetic(rule, maxDelay), new TickBudget(Long.MAX_VALUE));
    }

    PriceMoveDetector(RuleArithmetic rule, TickBudget budget) {
        this.rule = rule;
        this.references = new TickRing(budget);
        this.dropped = new TickRing(budget);
    }

    /** A detector that goes on where the one of the snapshot was. */
    public static PriceMoveDetector restore(PriceMoveSnapshot snapshot) {
        PriceMoveDetector detector = new PriceMoveDetector(snapshot.rule(), snapshot.maxDelay());
        detector.takeUp(snapshot);
        return detector;
    }

    void takeUp(PriceMoveSnapshot snapshot) {
        newest = snapshot.newestNanos().orElse(NONE);
        for (Point tick : snapshot.ticks()) {
            keep(tick.epochNanos(), tick.priceUnits(), tick.seq());
        }
        armed = snapshot.armed();
        lastMove = snapshot.lastMoveNanos().orElse(NONE);
        lateTicks = snapshot.lateTicks();
    }

    /**
     * Takes the next tick.
     *
     * @param epochNanos the tick's time, 0 to {@link EpochNanos#MAX}
     * @param priceUnits the tick's price, 1 to {@link FixedDecimal#MAX_UNITS}
     * @param seq the feed's sequence number, carried into the move
     * @return the move that the tick completes, if it does
     * @throws IllegalArgumentException if time or price are out of range; the tick is then not taken
     */
    public Optional<PriceMove> onTick(long epochNanos, long priceUnits, long seq) {
        requireTime(epochNanos);
        requirePrice(priceUnits);
        return onValidTick(epochNanos, priceUnits, seq);
    }

    /**
     * Takes the next tick, whatever its ticker: a detector is of one.
     *
     * @return the move that the tick completes, if it does
     */
    public Optional<PriceMove> onTick(Tick tick) {
        return onValidTick(tick.epochNanos(), tick.priceUnits(), tick.seq());
    }

    /**
     * Advances the detector's time without a tick. Ticks that are then out of the window are dropped, and a tick that is
     * older than this time by more than {@code maxDelay} is late. Neither arms nor fires, so the moves are the same
     * however often it is called, as long as no tick is late. An earlier time than the newest does nothing.
     *
     * @param epochNanos the time, 0 to {@link EpochNanos#MAX}
     * @throws IllegalArgumentException if it is out of range
     */
    public void advanceTo(long epochNanos) {
        requireTime(epochNanos);
        if (epochNanos > newest) {
            advance(epochNanos);
        }
    }

    /** How many ticks were older than the newest by more than {@code maxDelay}, and so were ignored. */
    public long lateTicks() {
        return lateTicks;
    }

    /** Everything to go on from; see {@link #restore(PriceMoveSnapshot)}. */
    public PriceMoveSnapshot snapshot() {
        forgetDropped();
        return new PriceMoveSnapshot(
                rule.rule,
                rule.maxDelay,
                optional(newest),
                armed,
                optional(lastMove),
                lateTicks,
                RetainedTicks.inOrder(dropped, references));
    }

    Optional<PriceMove> onValidTick(long epochNanos, long priceUnits, long seq) {
        if (epochNanos < newest) {
            return onLateTick(epochNanos, priceUnits, seq);
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
        keepNewest(epochNanos, priceUnits, seq);
        return found;
    }

    /** Whether nothing that the detector knows can matter to a tick at this time or after it. */
    boolean isIdleAt(long epochNanos) {
        long since = epochNanos - newest;
        return since > rule.windowNanos + rule.maxDelayNanos
                && (lastMove == NONE || epochNanos - lastMove >= rule.cooldownNanos);
    }

    void release() {
        references.release();
        dropped.release();
    }

    private Optional<PriceMove> onLateTick(long epochNanos, long priceUnits, long seq) {
        if (newest - epochNanos > rule.maxDelayNanos) {
            lateTicks++;
            return Optional.empty();
        }
        Optional<PriceMove> found = Optional.empty();
        if (mayFire(epochNanos)) {
            found = RetainedTicks.best(dropped, references, epochNanos - rule.windowNanos, epochNanos, rule.up)
                    .filter(reference -> rule.exceeds(reference.priceUnits(), priceUnits))
                    .flatMap(reference -> fire(reference, new Point(epochNanos, priceUnits, seq)));
        }
        keep(epochNanos, priceUnits, seq);
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

    /** Keeps a tick that is as new as any: it ends the use of all that are no better. */
    private void keepNewest(long epochNanos, long priceUnits, long seq) {
        int kept = references.size();
        while (kept > 0 && !rule.isBetter(references.price(kept - 1), priceUnits)) {
            kept--;
            drop(kept);
        }
        references.truncate(kept);
        references.push(epochNanos, priceUnits, seq, 0);
    }

    /** Keeps a tick of any age: among the references if none after it is as good, else for ticks that come late. */
    private void keep(long epochNanos, long priceUnits, long seq) {
        int to = references.size();
        while (to > 0 && references.time(to - 1) > epochNanos) {
            to--;
        }
        boolean useful = newest - epochNanos <= rule.windowNanos
                && (to == references.size() || rule.isBetter(priceUnits, references.price(to)));
        if (!useful) {
            if (dropped.isFull()) {
                forgetDropped();
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
        if (rule.maxDelayNanos > 0) {
            if (dropped.isFull()) {
                forgetDropped();
            }
            dropped.pushCopy(references, index, newest);
        }
    }

    private static OptionalLong optional(long nanos) {
        return nanos == NONE ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    private void forgetDropped() {
        while (dropped.size() > 0 && newest - dropped.mark(0) >= rule.maxDelayNanos) {
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
