package io.tradeops.core.window;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import io.tradeops.core.window.PriceMove.Point;
import io.tradeops.core.window.PriceMoveSnapshot.LastMove;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Detects the price moves of one ticker that break one rule. Not thread-safe. For many tickers or rules, use
 * {@link KeyedPriceMoveDetector}.
 *
 * <p>A tick at time t with price p breaks the rule "up by more than x percent within w" if an earlier tick at time t₀
 * with price p₀ has {@code 0 ≤ t − t₀ ≤ w} and {@code (p − p₀)·100 > x·p₀}. All comparisons are exact. The reference of
 * the move is the tick with the lowest price in the window; of equal prices it is the latest. A rule that is down
 * mirrors this, with the highest price as its reference.
 *
 * <p>One excursion gives one move, and a further move each time that the price goes beyond the last move by more than x
 * percent again. A tick that breaks an armed rule is a move of step 1 and disarms the rule. A tick that breaks a
 * disarmed rule is a move of the next step if its price is also more than x percent above that of the last move's
 * trigger. With a hysteresis of h percent, a tick arms the rule again if its move from the window's reference is at most
 * x − h percent, or if there is no reference. During the rule's cooldown after a move, no tick is a move. An excursion
 * that begins during the cooldown and lasts beyond it gives a move at the first tick after the cooldown. Time that
 * passes without ticks changes nothing.
 *
 * <p>Ticks are expected in the order of their times; ticks of the same time keep their order of arrival. A tick that is
 * older than the newest is out of order. If it is older by no more than the allowed lateness, it is evaluated when it
 * arrives, against the ticks that arrived before it and lie in its own window. It is also a reference for the ticks
 * that follow. It can be a move of any step, but it does not arm the rule, because it says nothing about the current
 * price. A tick that is older still is late: it is counted, see {@link #lateTicks}, and otherwise ignored.
 *
 * <p>A single wrong time must not make all ticks after it late. So a tick that is ahead of the newest time by more than
 * {@code maxAhead} is held back until the next tick. {@code maxAhead} is 5 minutes by default, and never less than
 * window and allowed lateness. The next tick confirms the held tick in two cases:
 *
 * <ul>
 *   <li>It is too far ahead, too, and at most {@code maxAhead} away from the held tick.
 *   <li>It is not too far ahead, and older than the held tick by at most the allowed lateness.
 * </ul>
 *
 * The held tick then counts as if it had been accepted at once. Otherwise it is refused and counted, see
 * {@link #aheadTicks}. A held tick has no reference in its window, so no move is lost or delayed, not even after a
 * quiet night. The first tick of a detector sets its time and is not held back.
 *
 * <p>A tick costs O(log n) for n retained ticks at most, and amortised O(1) if it is in order; a tick out of order also
 * reads a summary of every block of up to 128 ticks. A tick allocates nothing, unless it is a move or more ticks are
 * retained than ever before. A tick that can no longer be a reference gives its room to later ticks.
 *
 * <pre>{@code
 * var detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());
 * detector.onTick(epochNanos, FixedDecimal.parse("102.01"), seq).ifPresent(move -> …);
 * }</pre>
 */
public final class PriceMoveDetector {

    /** The default of the allowed lateness: 2 seconds. */
    public static final Duration DEFAULT_ALLOWED_LATENESS = Duration.ofSeconds(2);

    /** The default of {@code maxAhead}: 5 minutes. */
    public static final Duration DEFAULT_MAX_AHEAD = Duration.ofMinutes(5);

    static final long NONE = -1;

    private final RuleArithmetic rule;
    private final RetainedTicks ticks;
    private long newest = NONE;
    private boolean armed = true;
    private int lastStep;
    private long lastMoveNanos = NONE;
    private long lastMoveUnits;
    private long lateTicks;
    private long aheadTicks;
    private @Nullable Point held;

    /**
     * Creates a detector with an allowed lateness of {@link #DEFAULT_ALLOWED_LATENESS} and a {@code maxAhead} of
     * {@link #DEFAULT_MAX_AHEAD}.
     */
    public PriceMoveDetector(PriceMoveRule rule) {
        this(rule, DEFAULT_ALLOWED_LATENESS);
    }

    /**
     * Creates a detector with a {@code maxAhead} of {@link #DEFAULT_MAX_AHEAD}.
     *
     * @param allowedLateness the allowed lateness, 0 to 7 days: by how much a tick may be older than the newest tick
     * @throws IllegalArgumentException if {@code allowedLateness} is out of its range
     */
    public PriceMoveDetector(PriceMoveRule rule, Duration allowedLateness) {
        this(rule, allowedLateness, DEFAULT_MAX_AHEAD);
    }

    /**
     * Creates a detector.
     *
     * @param allowedLateness the allowed lateness, 0 to 7 days: by how much a tick may be older than the newest tick
     * @param maxAhead 0 to 36,500 days: by how much a tick may be newer than the newest tick, if that is more than
     *     window and allowed lateness
     * @throws IllegalArgumentException if a duration is out of its range
     */
    public PriceMoveDetector(PriceMoveRule rule, Duration allowedLateness, Duration maxAhead) {
        this(new RuleArithmetic(rule, allowedLateness, maxAhead), new TickBudget(Long.MAX_VALUE));
    }

    PriceMoveDetector(RuleArithmetic rule, TickBudget budget) {
        this.rule = rule;
        this.ticks = new RetainedTicks(rule, budget);
    }

    /** Creates a detector that continues from a snapshot. It finds the moves that the original detector would find. */
    public static PriceMoveDetector restore(PriceMoveSnapshot snapshot) {
        PriceMoveDetector detector =
                new PriceMoveDetector(snapshot.rule(), snapshot.allowedLateness(), snapshot.maxAhead());
        detector.load(snapshot);
        return detector;
    }

    void load(PriceMoveSnapshot snapshot) {
        newest = snapshot.newestNanos().orElse(NONE);
        for (Point tick : snapshot.ticks()) {
            ticks.append(tick.epochNanos(), tick.priceUnits(), tick.seq());
        }
        armed = snapshot.armed();
        LastMove move = snapshot.lastMove().orElse(null);
        if (move != null) {
            setLastMove(move.step(), move.epochNanos(), move.priceUnits());
        }
        lateTicks = snapshot.lateTicks();
        aheadTicks = snapshot.aheadTicks();
        held = snapshot.heldTick().orElse(null);
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
        Point.requireTime(epochNanos);
        Point.requirePrice(priceUnits);
        return onValidTick(epochNanos, priceUnits, seq, NONE);
    }

    /**
     * Evaluates the next tick. All ticks must be of the same ticker; the detector does not check this.
     *
     * @return the move, if the tick is one
     */
    public Optional<PriceMove> onTick(Tick tick) {
        return onValidTick(tick.epochNanos(), tick.priceUnits(), tick.seq(), NONE);
    }

    /**
     * Evaluates the next tick.
     *
     * @param time the time, 1970-01-01T00:00:00Z to 2262-04-11T23:47:15.999999999Z
     * @param price the price, greater than 0, with at most 10 integer digits and 8 decimals
     * @param seq the feed's sequence number, which is copied to the move
     * @return the move, if the tick is one
     * @throws IllegalArgumentException if time or price is out of its range; the detector's state is then unchanged
     */
    public Optional<PriceMove> onTick(Instant time, BigDecimal price, long seq) {
        return onValidTick(EpochNanos.of(time), Point.units(price), seq, NONE);
    }

    /**
     * Advances the detector's time without a tick, by any amount. References that are then out of the window are
     * dropped. From then on a tick is late if it is older than this time by more than the allowed lateness. The rule is
     * neither armed nor disarmed, so calls of this method do not change the moves as long as no tick is late. A time
     * before the newest has no effect. A held tick that is no longer too far ahead is accepted.
     *
     * @param epochNanos the time, in nanoseconds since 1970-01-01T00:00:00Z, 0 to {@link EpochNanos#MAX}
     * @throws IllegalArgumentException if the time is out of its range
     */
    public void advanceTo(long epochNanos) {
        Point.requireTime(epochNanos);
        Point tick = held;
        if (tick != null && tick.epochNanos() - epochNanos <= rule.aheadNanos) {
            held = null;
            evaluate(tick.epochNanos(), tick.priceUnits(), tick.seq());
        }
        if (epochNanos > newest) {
            newest = epochNanos;
        }
    }

    /**
     * Advances the detector's time without a tick, as {@link #advanceTo(long)} does.
     *
     * @throws IllegalArgumentException if the time is before 1970 or after 2262-04-11T23:47:15.999999999Z
     */
    public void advanceTo(Instant time) {
        advanceTo(EpochNanos.of(time));
    }

    /** Returns the number of ticks that were ignored because they were older than the allowed lateness. */
    public long lateTicks() {
        return lateTicks;
    }

    /**
     * Returns the number of ticks that were refused because they were too far ahead. A tick that is held back is counted
     * until it is accepted.
     */
    public long aheadTicks() {
        return held == null ? aheadTicks : aheadTicks + 1;
    }

    /** Returns the detector's state, from which {@link #restore(PriceMoveSnapshot)} continues. */
    public PriceMoveSnapshot snapshot() {
        return new PriceMoveSnapshot(
                rule.rule,
                rule.allowedLateness,
                rule.maxAhead,
                newest == NONE ? OptionalLong.empty() : OptionalLong.of(newest),
                armed,
                lastMoveNanos == NONE
                        ? Optional.empty()
                        : Optional.of(new LastMove(lastStep, lastMoveNanos, lastMoveUnits)),
                lateTicks,
                aheadTicks,
                Optional.ofNullable(held),
                ticks.inOrder(newest));
    }

    /**
     * Evaluates the next tick.
     *
     * @param clock a time up to which ticks are not too far ahead, whatever the newest tick is
     */
    Optional<PriceMove> onValidTick(long epochNanos, long priceUnits, long seq, long clock) {
        boolean suspect = held != null || epochNanos - newest > rule.aheadNanos;
        if (suspect && isHeldBack(epochNanos, priceUnits, seq, Math.max(newest, clock))) {
            return Optional.empty();
        }
        return evaluate(epochNanos, priceUnits, seq);
    }

    /**
     * Tells whether the detector's state cannot affect the result of a later tick.
     *
     * @param silenceNanos for how long there has been no tick
     */
    boolean isIdleAfter(long silenceNanos) {
        return isOutOfWindowAfter(silenceNanos)
                && (lastMoveNanos == NONE || Math.max(silenceNanos, newest - lastMoveNanos) >= rule.cooldownNanos);
    }

    /** Removes the retained ticks and returns their room if there has been no tick for longer than they matter. */
    void releaseAfter(long silenceNanos) {
        if (isOutOfWindowAfter(silenceNanos)) {
            release();
        }
    }

    void release() {
        ticks.release();
    }

    private boolean isOutOfWindowAfter(long silenceNanos) {
        return silenceNanos > rule.windowNanos + rule.allowedLatenessNanos;
    }

    /** Decides about the held tick, and whether this tick is held back in its turn. */
    private boolean isHeldBack(long epochNanos, long priceUnits, long seq, long clock) {
        long latest = clock;
        Point earlier = held;
        held = null;
        if (earlier != null && confirms(epochNanos, earlier.epochNanos(), latest)) {
            evaluate(earlier.epochNanos(), earlier.priceUnits(), earlier.seq());
            latest = Math.max(latest, newest);
        } else if (earlier != null) {
            aheadTicks++;
        }
        if (latest == NONE || epochNanos - latest <= rule.aheadNanos) {
            return false;
        }
        held = new Point(epochNanos, priceUnits, seq);
        return true;
    }

    private boolean confirms(long epochNanos, long heldNanos, long latest) {
        if (heldNanos - latest <= rule.aheadNanos) {
            return true;
        }
        return epochNanos - latest > rule.aheadNanos
                ? Math.abs(epochNanos - heldNanos) <= rule.aheadNanos
                : heldNanos - epochNanos <= rule.allowedLatenessNanos;
    }

    private Optional<PriceMove> evaluate(long epochNanos, long priceUnits, long seq) {
        if (epochNanos < newest) {
            return onOutOfOrderTick(epochNanos, priceUnits, seq);
        }
        newest = epochNanos;
        long reference = ticks.bestPrice(epochNanos - rule.windowNanos);
        boolean breaks = reference != RuleArithmetic.NO_PRICE && rule.breaks(reference, priceUnits);
        Optional<PriceMove> found = Optional.empty();
        if (breaks && mayFire(epochNanos, priceUnits)) {
            found = Optional.of(fire(reference, epochNanos, priceUnits, seq));
        } else if (!armed) {
            armed = reference == RuleArithmetic.NO_PRICE || rule.arms(reference, priceUnits);
        }
        ticks.append(epochNanos, priceUnits, seq);
        return found;
    }

    private Optional<PriceMove> onOutOfOrderTick(long epochNanos, long priceUnits, long seq) {
        if (newest - epochNanos > rule.allowedLatenessNanos) {
            lateTicks++;
            return Optional.empty();
        }
        Optional<PriceMove> found = Optional.empty();
        if (mayFire(epochNanos, priceUnits)) {
            long reference = ticks.bestPrice(epochNanos - rule.windowNanos, epochNanos);
            if (reference != RuleArithmetic.NO_PRICE && rule.breaks(reference, priceUnits)) {
                found = Optional.of(fire(reference, epochNanos, priceUnits, seq));
            }
        }
        ticks.insert(epochNanos, priceUnits, seq, newest);
        return found;
    }

    /** Tells whether a tick is a move if it breaks the rule. */
    private boolean mayFire(long epochNanos, long priceUnits) {
        if (lastMoveNanos == NONE) {
            return true;
        }
        boolean cool = rule.cooldownNanos == 0 || epochNanos - lastMoveNanos >= rule.cooldownNanos;
        return cool && (armed || rule.breaks(lastMoveUnits, priceUnits));
    }

    private PriceMove fire(long referenceUnits, long epochNanos, long priceUnits, long seq) {
        Point reference = ticks.latest(referenceUnits, epochNanos - rule.windowNanos, epochNanos);
        setLastMove(armed ? 1 : lastStep + 1, epochNanos, priceUnits);
        armed = false;
        return new PriceMove(rule.rule, lastStep, reference, new Point(epochNanos, priceUnits, seq));
    }

    private void setLastMove(int step, long epochNanos, long priceUnits) {
        lastStep = step;
        lastMoveNanos = epochNanos;
        lastMoveUnits = priceUnits;
    }
}
