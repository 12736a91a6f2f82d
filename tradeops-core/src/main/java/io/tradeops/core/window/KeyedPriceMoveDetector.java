package io.tradeops.core.window;

import io.tradeops.core.codec.Arguments;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import io.tradeops.core.trade.Ticker;
import io.tradeops.core.window.PriceMove.Point;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Detects the price moves of many tickers that break any of several rules, in bounded memory. It works like a
 * {@link PriceMoveDetector} for each ticker and rule. Not thread-safe.
 *
 * <p>The feed's time is the newest time of its ticks. A tick whose time is more than {@code maxAhead} away from it, in
 * either direction, does not change it, until eight such ticks in a row agree within {@code maxAhead}. So a few wrong
 * times have no effect on other tickers. A ticker is silent for as long as the feed's time has advanced since its last
 * tick. A tick that is too far ahead of its ticker's newest time, but not of the feed's time, is accepted at once.
 *
 * <p>At the limit of {@code maxTickers} a new ticker replaces an idle one. A ticker is idle if it has been silent for
 * longer than window, allowed lateness and cooldown, so that its state cannot matter any more. If none is found, the new
 * ticker's tick is refused and counted. Each such tick examines the next 16 tickers.
 *
 * <p>When three quarters of {@code maxRetainedTicks} are in use, each tick examines the next 16 tickers. Those that have
 * been silent for longer than window and allowed lateness give their room back. At the limit ticks are still evaluated.
 * A tick is then retained as a reference only if it replaces one that is not better. Ticks that are not retained are
 * counted. See {@link #counts}.
 *
 * <pre>{@code
 * PriceMoveRule rule = PriceMoveRule.riseOfTwoPercentInOneMinute();
 * KeyedPriceMoveDetector detector = KeyedPriceMoveDetector.builder(rule).maxTickers(10_000).build();
 * for (KeyedPriceMove move : detector.onTick("AAPL", epochNanos, priceUnits, seq)) { … }
 * }</pre>
 */
public final class KeyedPriceMoveDetector {

    private static final int EXAMINED_AT_ONCE = 16;

    private final RuleArithmetic[] rules;
    private final int maxTickers;
    private final long maxRetainedTicks;
    private final TickBudget budget;
    private final FeedClock clock;
    private final Map<String, TickerState> tickers = new HashMap<>();
    private final List<TickerState> examined = new ArrayList<>();

    private int nextExamined;
    private long refusedTicks;
    private long lateTicksOfRemoved;
    private long aheadTicksOfRemoved;

    /** A ticker's detectors, in the order of the rules. */
    private static final class TickerState {

        private final String ticker;
        private final PriceMoveDetector[] detectors;

        /** The feed's time at the ticker's last tick. */
        private long seenNanos;

        private TickerState(String ticker, PriceMoveDetector[] detectors) {
            this.ticker = ticker;
            this.detectors = detectors;
        }
    }

    /**
     * The size of a detector's state, and the numbers of ticks that it could not use. Immutable.
     *
     * @param tickers the number of tickers with state
     * @param retainedTicks the number of ticks for which memory is allocated, in use or not
     * @param lateTicks the number of ticks that were ignored because they were late, counted once for each rule
     * @param aheadTicks the number of ticks that were refused or are held back because they were too far ahead, counted
     *     once for each rule
     * @param refusedTicks the number of ticks that were refused because of the limit {@link Builder#maxTickers}
     * @param unretainedTicks the number of ticks that were evaluated but not retained because of the limit
     *     {@link Builder#maxRetainedTicks}, counted once for each rule
     */
    public record Counts(
            int tickers, long retainedTicks, long lateTicks, long aheadTicks, long refusedTicks, long unretainedTicks) {

        /**
         * Checks the components.
         *
         * @throws IllegalArgumentException if a component is negative; the message names it
         */
        public Counts {
            Arguments.requireNotNegative("tickers", tickers);
            Arguments.requireNotNegative("retainedTicks", retainedTicks);
            Arguments.requireNotNegative("lateTicks", lateTicks);
            Arguments.requireNotNegative("aheadTicks", aheadTicks);
            Arguments.requireNotNegative("refusedTicks", refusedTicks);
            Arguments.requireNotNegative("unretainedTicks", unretainedTicks);
        }
    }

    private KeyedPriceMoveDetector(Builder builder) {
        this.rules = new RuleArithmetic[builder.rules.size()];
        for (int i = 0; i < rules.length; i++) {
            rules[i] = new RuleArithmetic(builder.rules.get(i), builder.allowedLateness, builder.maxAhead);
        }
        this.maxTickers = builder.maxTickers;
        this.maxRetainedTicks = builder.maxRetainedTicks;
        this.budget = new TickBudget(builder.maxRetainedTicks);
        this.clock = new FeedClock(builder.maxAhead.toNanos());
    }

    /**
     * Returns a builder with the default settings.
     *
     * @param rules the rules, at least one
     * @throws IllegalArgumentException if there is no rule
     */
    public static Builder builder(PriceMoveRule... rules) {
        return new Builder(List.of(rules));
    }

    /**
     * Evaluates the next tick of a ticker.
     *
     * @param ticker the ticker, valid as defined by {@link Ticker}
     * @param epochNanos the time, in nanoseconds since 1970-01-01T00:00:00Z, 0 to {@link EpochNanos#MAX}
     * @param priceUnits the price in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
     * @param seq the feed's sequence number, which is copied to the moves
     * @return the moves, in the order of the rules; for most ticks there is none
     * @throws IllegalArgumentException if an argument is out of its range; the detector's state is then unchanged
     * @see PriceMoveDetector
     */
    public List<KeyedPriceMove> onTick(String ticker, long epochNanos, long priceUnits, long seq) {
        Point.requireTime(epochNanos);
        Point.requirePrice(priceUnits);
        TickerState state = tickers.get(ticker);
        if (state == null) {
            KeyedPriceMove.requireTicker(ticker);
            clock.onTick(epochNanos);
            if (!hasRoom()) {
                refusedTicks++;
                return List.of();
            }
            state = add(ticker);
        } else {
            clock.onTick(epochNanos);
        }
        state.seenNanos = clock.nanos();
        if (budget.isScarce()) {
            releaseSilent();
        }
        return evaluate(state, epochNanos, priceUnits, seq);
    }

    /**
     * Evaluates the next tick of a ticker.
     *
     * @return the moves, in the order of the rules; for most ticks there is none
     */
    public List<KeyedPriceMove> onTick(Tick tick) {
        return onTick(tick.ticker(), tick.epochNanos(), tick.priceUnits(), tick.seq());
    }

    /**
     * Evaluates the next tick of a ticker.
     *
     * @param ticker the ticker, valid as defined by {@link Ticker}
     * @param time the time, 1970-01-01T00:00:00Z to 2262-04-11T23:47:15.999999999Z
     * @param price the price, greater than 0, with at most 10 integer digits and 8 decimals
     * @param seq the feed's sequence number, which is copied to the moves
     * @return the moves, in the order of the rules; for most ticks there is none
     * @throws IllegalArgumentException if an argument is out of its range; the detector's state is then unchanged
     */
    public List<KeyedPriceMove> onTick(String ticker, Instant time, BigDecimal price, long seq) {
        return onTick(ticker, EpochNanos.of(time), Point.units(price), seq);
    }

    /**
     * Advances the feed's time and that of every ticker, as {@link PriceMoveDetector#advanceTo(long)} does. Costs
     * O(tickers).
     *
     * @param epochNanos the time, in nanoseconds since 1970-01-01T00:00:00Z, 0 to {@link EpochNanos#MAX}
     * @throws IllegalArgumentException if the time is out of its range
     */
    public void advanceTo(long epochNanos) {
        Point.requireTime(epochNanos);
        clock.advanceTo(epochNanos);
        for (TickerState state : examined) {
            for (PriceMoveDetector detector : state.detectors) {
                detector.advanceTo(epochNanos);
            }
        }
    }

    /**
     * Advances the feed's time and that of every ticker, as {@link #advanceTo(long)} does.
     *
     * @throws IllegalArgumentException if the time is before 1970 or after 2262-04-11T23:47:15.999999999Z
     */
    public void advanceTo(Instant time) {
        advanceTo(EpochNanos.of(time));
    }

    /** Returns the size of the state and the numbers of ticks that could not be used. Costs O(tickers). */
    public Counts counts() {
        long lateTicks = lateTicksOfRemoved;
        long aheadTicks = aheadTicksOfRemoved;
        for (TickerState state : examined) {
            lateTicks += lateTicks(state);
            aheadTicks += aheadTicks(state);
        }
        return new Counts(tickers.size(), budget.allocated(), lateTicks, aheadTicks, refusedTicks, budget.refused());
    }

    /** Returns the detector's state, from which {@link #restore} continues. */
    public KeyedPriceMoveSnapshot snapshot() {
        TreeMap<String, List<PriceMoveSnapshot>> snapshots = new TreeMap<>();
        for (TickerState state : examined) {
            List<PriceMoveSnapshot> byRule = new ArrayList<>();
            for (PriceMoveDetector detector : state.detectors) {
                byRule.add(detector.snapshot());
            }
            snapshots.put(state.ticker, byRule);
        }
        return new KeyedPriceMoveSnapshot(clock.snapshot(), counts(), snapshots);
    }

    /**
     * Replaces the detector's state by that of a snapshot, all of it or nothing. A rule that is missing in the snapshot,
     * or had another allowed lateness, starts without state.
     *
     * @throws IllegalArgumentException if the snapshot has more tickers than {@code maxTickers} or more ticks than
     *     {@code maxRetainedTicks}; the detector's state is then unchanged
     */
    public void restore(KeyedPriceMoveSnapshot snapshot) {
        requireRoom(snapshot);
        for (TickerState state : examined) {
            release(state);
        }
        examined.clear();
        tickers.clear();
        nextExamined = 0;
        clock.load(snapshot.clock());
        budget.setRefused(snapshot.counts().unretainedTicks());
        for (Map.Entry<String, List<PriceMoveSnapshot>> entry :
                snapshot.tickers().entrySet()) {
            TickerState state = add(entry.getKey());
            state.seenNanos = clock.nanos();
            load(state, entry.getValue());
        }
        refusedTicks = snapshot.counts().refusedTicks();
        lateTicksOfRemoved = 0;
        aheadTicksOfRemoved = 0;
        Counts restored = counts();
        lateTicksOfRemoved = snapshot.counts().lateTicks() - restored.lateTicks();
        aheadTicksOfRemoved = snapshot.counts().aheadTicks() - restored.aheadTicks();
    }

    private void requireRoom(KeyedPriceMoveSnapshot snapshot) {
        if (snapshot.tickers().size() > maxTickers) {
            throw new IllegalArgumentException("the snapshot must have at most " + maxTickers + " tickers: "
                    + snapshot.tickers().size());
        }
        long ticks = 0;
        for (List<PriceMoveSnapshot> byRule : snapshot.tickers().values()) {
            for (PriceMoveSnapshot ofRule : byRule) {
                ticks += ofRule.ticks().size();
            }
        }
        if (ticks > maxRetainedTicks) {
            throw new IllegalArgumentException(
                    "the snapshot must have at most " + maxRetainedTicks + " ticks: " + ticks);
        }
    }

    private void load(TickerState state, List<PriceMoveSnapshot> byRule) {
        for (int i = 0; i < state.detectors.length; i++) {
            for (PriceMoveSnapshot snapshot : byRule) {
                if (snapshot.rule().equals(rules[i].rule)
                        && snapshot.allowedLateness().equals(rules[i].allowedLateness)) {
                    state.detectors[i].load(snapshot);
                }
            }
        }
    }

    private List<KeyedPriceMove> evaluate(TickerState state, long epochNanos, long priceUnits, long seq) {
        List<KeyedPriceMove> moves = List.of();
        for (PriceMoveDetector detector : state.detectors) {
            Optional<PriceMove> move = detector.onValidTick(epochNanos, priceUnits, seq, clock.nanos());
            if (move.isPresent()) {
                moves = with(moves, new KeyedPriceMove(state.ticker, move.get()));
            }
        }
        return moves;
    }

    private TickerState add(String ticker) {
        PriceMoveDetector[] detectors = new PriceMoveDetector[rules.length];
        for (int i = 0; i < rules.length; i++) {
            detectors[i] = new PriceMoveDetector(rules[i], budget);
        }
        TickerState state = new TickerState(ticker, detectors);
        tickers.put(ticker, state);
        examined.add(state);
        return state;
    }

    /** At the limit, examines some tickers and removes the first that is idle. */
    private boolean hasRoom() {
        for (int i = 0; i < EXAMINED_AT_ONCE && tickers.size() >= maxTickers; i++) {
            TickerState state = nextExamined();
            if (isIdle(state)) {
                remove(state);
            }
        }
        return tickers.size() < maxTickers;
    }

    private void releaseSilent() {
        int count = Math.min(EXAMINED_AT_ONCE, examined.size());
        for (int i = 0; i < count; i++) {
            TickerState state = nextExamined();
            for (PriceMoveDetector detector : state.detectors) {
                detector.releaseAfter(clock.nanos() - state.seenNanos);
            }
        }
    }

    private TickerState nextExamined() {
        nextExamined = nextExamined + 1 < examined.size() ? nextExamined + 1 : 0;
        return examined.get(nextExamined);
    }

    private boolean isIdle(TickerState state) {
        for (PriceMoveDetector detector : state.detectors) {
            if (!detector.isIdleAfter(clock.nanos() - state.seenNanos)) {
                return false;
            }
        }
        return true;
    }

    /** Removes the ticker that was examined last; the last in the list takes its place. */
    private void remove(TickerState state) {
        tickers.remove(state.ticker);
        TickerState last = examined.remove(examined.size() - 1);
        if (last != state) {
            examined.set(nextExamined, last);
        }
        lateTicksOfRemoved += lateTicks(state);
        aheadTicksOfRemoved += aheadTicks(state);
        release(state);
    }

    private static void release(TickerState state) {
        for (PriceMoveDetector detector : state.detectors) {
            detector.release();
        }
    }

    private static long lateTicks(TickerState state) {
        long lateTicks = 0;
        for (PriceMoveDetector detector : state.detectors) {
            lateTicks += detector.lateTicks();
        }
        return lateTicks;
    }

    private static long aheadTicks(TickerState state) {
        long aheadTicks = 0;
        for (PriceMoveDetector detector : state.detectors) {
            aheadTicks += detector.aheadTicks();
        }
        return aheadTicks;
    }

    private static List<KeyedPriceMove> with(List<KeyedPriceMove> moves, KeyedPriceMove move) {
        List<KeyedPriceMove> more = new ArrayList<>(moves);
        more.add(move);
        return List.copyOf(more);
    }

    /** Builds a {@link KeyedPriceMoveDetector}. Not thread-safe. */
    public static final class Builder {

        private final List<PriceMoveRule> rules;
        private Duration allowedLateness = PriceMoveDetector.DEFAULT_ALLOWED_LATENESS;
        private Duration maxAhead = PriceMoveDetector.DEFAULT_MAX_AHEAD;
        private int maxTickers = 100_000;
        private long maxRetainedTicks = 10_000_000;

        private Builder(List<PriceMoveRule> rules) {
            if (rules.isEmpty()) {
                throw new IllegalArgumentException("rules must not be empty");
            }
            this.rules = rules;
        }

        /**
         * Sets the allowed lateness, 0 to 7 days: by how much a tick may be older than its ticker's newest tick. The
         * default is 2 seconds.
         *
         * @throws IllegalArgumentException if the duration is out of its range
         */
        public Builder allowedLateness(Duration duration) {
            allowedLateness = RuleArithmetic.requireAllowedLateness(duration);
            return this;
        }

        /**
         * Sets {@code maxAhead}, 0 to 36,500 days: by how much a tick may be newer than both its ticker's newest time
         * and the feed's time, before it is held back as {@link PriceMoveDetector} does. The default is 5 minutes. For a
         * rule with a longer window or allowed lateness, that is the limit.
         *
         * @throws IllegalArgumentException if the duration is out of its range
         */
        public Builder maxAhead(Duration duration) {
            maxAhead = RuleArithmetic.requireMaxAhead(duration);
            return this;
        }

        /**
         * Sets the largest number of tickers with state, 1 or more. The default is 100,000.
         *
         * @throws IllegalArgumentException if the number is less than 1
         */
        public Builder maxTickers(int tickers) {
            Arguments.require(tickers >= 1, "maxTickers must be positive", tickers);
            maxTickers = tickers;
            return this;
        }

        /**
         * Sets the largest number of retained ticks of all tickers and rules together, 1 or more. A tick takes 32
         * bytes. The default is 10,000,000.
         *
         * @throws IllegalArgumentException if the number is less than 1
         */
        public Builder maxRetainedTicks(long ticks) {
            Arguments.require(ticks >= 1, "maxRetainedTicks must be positive", ticks);
            maxRetainedTicks = ticks;
            return this;
        }

        /** Creates a detector without state. */
        public KeyedPriceMoveDetector build() {
            return new KeyedPriceMoveDetector(this);
        }
    }
}
