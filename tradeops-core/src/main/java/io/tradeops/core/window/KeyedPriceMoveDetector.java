package io.tradeops.core.window;

import io.tradeops.core.trade.Tick;
import io.tradeops.core.trade.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Detects the price moves of many tickers that break any of several rules, in bounded memory. It works like a
 * {@link PriceMoveDetector} for each ticker and rule. Not thread-safe.
 *
 * <p>At the limit of {@code maxTickers} a new ticker replaces the idle ones. A ticker is idle if its last tick is older
 * than the new tick by more than window, allowed lateness and cooldown, so that its state cannot matter any more. If no
 * ticker is idle, the new ticker's tick is refused and counted. The detector looks for idle tickers at most 64 times
 * during the shortest window of its rules.
 *
 * <p>At the limit of {@code maxRetainedTicks} ticks are still evaluated. A tick is then retained as a reference only if
 * it is better than some retained ticks, which it replaces. Ticks that are not retained are counted. See
 * {@link #counts}.
 *
 * <pre>{@code
 * PriceMoveRule rule = PriceMoveRule.riseOfTwoPercentInOneMinute();
 * KeyedPriceMoveDetector detector = KeyedPriceMoveDetector.builder(rule).maxTickers(10_000).build();
 * for (PriceMove move : detector.onTick("AAPL", epochNanos, priceUnits, seq)) { … }
 * }</pre>
 */
public final class KeyedPriceMoveDetector {

    private static final int SEARCHES_PER_WINDOW = 64;

    private final List<RuleArithmetic> rules;
    private final int maxTickers;
    private final long searchIntervalNanos;
    private final TickBudget budget;
    private final Map<String, PriceMoveDetector[]> detectors = new HashMap<>();

    private long nextSearch;
    private long refusedTicks;
    private long lateTicksOfRemoved;

    /**
     * The size of a detector's state, and the numbers of ticks that it could not use. Immutable.
     *
     * @param tickers the number of tickers with state
     * @param retainedTicks the number of ticks for which memory is allocated, in use or not
     * @param lateTicks the number of ticks that were ignored because they were late, counted once for each rule
     * @param refusedTicks the number of ticks that were refused because of the limit {@link Builder#maxTickers}
     * @param unretainedTicks the number of ticks that were evaluated but not retained because of the limit
     *     {@link Builder#maxRetainedTicks}, counted once for each rule
     */
    public record Counts(int tickers, long retainedTicks, long lateTicks, long refusedTicks, long unretainedTicks) {}

    private KeyedPriceMoveDetector(Builder builder) {
        this.rules = builder.rules.stream()
                .map(rule -> new RuleArithmetic(rule, builder.allowedLateness))
                .toList();
        this.maxTickers = builder.maxTickers;
        this.budget = new TickBudget(builder.maxRetainedTicks);
        this.searchIntervalNanos =
                rules.stream().mapToLong(rule -> rule.windowNanos).min().orElseThrow() / SEARCHES_PER_WINDOW;
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
     * @param epochNanos the time, in nanoseconds since 1970-01-01T00:00:00Z, 0 to
     *     {@link io.tradeops.core.trade.EpochNanos#MAX}
     * @param priceUnits the price in 10⁻⁸ units, 1 to {@link io.tradeops.core.trade.FixedDecimal#MAX_UNITS}
     * @param seq the feed's sequence number, which is copied to the moves
     * @return the moves, in the order of the rules; for most ticks there is none
     * @throws IllegalArgumentException if an argument is out of its range; the detector's state is then unchanged
     * @see PriceMoveDetector
     */
    public List<PriceMove> onTick(String ticker, long epochNanos, long priceUnits, long seq) {
        PriceMoveDetector.requireTime(epochNanos);
        PriceMoveDetector.requirePrice(priceUnits);
        PriceMoveDetector[] byRule = detectors.get(ticker);
        if (byRule == null) {
            if (!hasRoom(ticker, epochNanos)) {
                refusedTicks++;
                return List.of();
            }
            byRule = newDetectors();
            detectors.put(ticker, byRule);
        }
        List<PriceMove> moves = List.of();
        for (PriceMoveDetector detector : byRule) {
            Optional<PriceMove> move = detector.onValidTick(epochNanos, priceUnits, seq);
            if (move.isPresent()) {
                moves = with(moves, move.get());
            }
        }
        return moves;
    }

    /**
     * Evaluates the next tick of a ticker.
     *
     * @return the moves, in the order of the rules; for most ticks there is none
     */
    public List<PriceMove> onTick(Tick tick) {
        return onTick(tick.ticker(), tick.epochNanos(), tick.priceUnits(), tick.seq());
    }

    /**
     * Advances the time of every ticker, as {@link PriceMoveDetector#advanceTo} does. Costs O(tickers).
     *
     * @param epochNanos the time, in nanoseconds since 1970-01-01T00:00:00Z, 0 to
     *     {@link io.tradeops.core.trade.EpochNanos#MAX}
     * @throws IllegalArgumentException if the time is out of its range
     */
    public void advanceTo(long epochNanos) {
        PriceMoveDetector.requireTime(epochNanos);
        for (PriceMoveDetector[] byRule : detectors.values()) {
            for (PriceMoveDetector detector : byRule) {
                detector.advanceTo(epochNanos);
            }
        }
    }

    /** Returns the size of the state and the numbers of ticks that could not be used. Costs O(tickers). */
    public Counts counts() {
        long lateTicks = lateTicksOfRemoved;
        for (PriceMoveDetector[] byRule : detectors.values()) {
            lateTicks += lateTicks(byRule);
        }
        return new Counts(detectors.size(), budget.allocated(), lateTicks, refusedTicks, budget.refused());
    }

    /**
     * Returns the detector's state, from which {@link #restore} continues: for each ticker a snapshot of each rule, in
     * the order of the rules. The map is unmodifiable.
     */
    public Map<String, List<PriceMoveSnapshot>> snapshot() {
        Map<String, List<PriceMoveSnapshot>> snapshots = new HashMap<>();
        detectors.forEach((ticker, byRule) -> {
            List<PriceMoveSnapshot> ofTicker = new ArrayList<>();
            for (PriceMoveDetector detector : byRule) {
                ofTicker.add(detector.snapshot());
            }
            snapshots.put(ticker, List.copyOf(ofTicker));
        });
        return Map.copyOf(snapshots);
    }

    /**
     * Restores the state of the tickers in a snapshot. It replaces the present state of those tickers. A rule that is
     * missing in the snapshot, or had another allowed lateness, starts without state. Tickers beyond {@code maxTickers}
     * are not restored; each of them is counted as a refused tick.
     *
     * @throws IllegalArgumentException if a key is not a ticker
     */
    public void restore(Map<String, List<PriceMoveSnapshot>> snapshot) {
        snapshot.forEach((ticker, snapshots) -> {
            requireTicker(ticker);
            PriceMoveDetector[] previous = detectors.remove(ticker);
            if (previous != null) {
                release(previous);
            }
            if (detectors.size() < maxTickers) {
                detectors.put(ticker, restored(snapshots));
            } else {
                refusedTicks++;
            }
        });
    }

    private PriceMoveDetector[] restored(Collection<PriceMoveSnapshot> snapshots) {
        PriceMoveDetector[] byRule = newDetectors();
        for (int i = 0; i < byRule.length; i++) {
            for (PriceMoveSnapshot snapshot : snapshots) {
                if (snapshot.rule().equals(rules.get(i).rule)
                        && snapshot.allowedLateness().equals(rules.get(i).allowedLateness)) {
                    byRule[i].load(snapshot);
                }
            }
        }
        return byRule;
    }

    private PriceMoveDetector[] newDetectors() {
        return rules.stream().map(rule -> new PriceMoveDetector(rule, budget)).toArray(PriceMoveDetector[]::new);
    }

    private boolean hasRoom(String ticker, long epochNanos) {
        requireTicker(ticker);
        if (detectors.size() >= maxTickers && epochNanos >= nextSearch) {
            nextSearch = epochNanos + searchIntervalNanos;
            removeIdle(epochNanos);
        }
        return detectors.size() < maxTickers;
    }

    private void removeIdle(long epochNanos) {
        for (Iterator<PriceMoveDetector[]> all = detectors.values().iterator(); all.hasNext(); ) {
            PriceMoveDetector[] byRule = all.next();
            if (isIdle(byRule, epochNanos)) {
                all.remove();
                lateTicksOfRemoved += lateTicks(byRule);
                release(byRule);
            }
        }
    }

    private static boolean isIdle(PriceMoveDetector[] byRule, long epochNanos) {
        for (PriceMoveDetector detector : byRule) {
            if (!detector.isIdleAt(epochNanos)) {
                return false;
            }
        }
        return true;
    }

    private static void release(PriceMoveDetector[] byRule) {
        for (PriceMoveDetector detector : byRule) {
            detector.release();
        }
    }

    private static long lateTicks(PriceMoveDetector[] byRule) {
        long lateTicks = 0;
        for (PriceMoveDetector detector : byRule) {
            lateTicks += detector.lateTicks();
        }
        return lateTicks;
    }

    private static List<PriceMove> with(List<PriceMove> moves, PriceMove move) {
        List<PriceMove> more = new ArrayList<>(moves);
        more.add(move);
        return List.copyOf(more);
    }

    private static void requireTicker(String ticker) {
        if (!Ticker.isValid(ticker)) {
            throw new IllegalArgumentException("ticker must match " + Ticker.PATTERN + ": " + ticker);
        }
    }

    /** Builds a {@link KeyedPriceMoveDetector}. Not thread-safe. */
    public static final class Builder {

        private final List<PriceMoveRule> rules;
        private Duration allowedLateness = PriceMoveDetector.DEFAULT_ALLOWED_LATENESS;
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
         * Sets the largest number of tickers with state, 1 or more. The default is 100,000.
         *
         * @throws IllegalArgumentException if the number is less than 1
         */
        public Builder maxTickers(int tickers) {
            if (tickers < 1) {
                throw new IllegalArgumentException("maxTickers must be positive: " + tickers);
            }
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
            if (ticks < 1) {
                throw new IllegalArgumentException("maxRetainedTicks must be positive: " + ticks);
            }
            maxRetainedTicks = ticks;
            return this;
        }

        /** Creates a detector without state. */
        public KeyedPriceMoveDetector build() {
            return new KeyedPriceMoveDetector(this);
        }
    }
}
