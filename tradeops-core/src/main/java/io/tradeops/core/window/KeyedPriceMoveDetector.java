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
 * Finds the price moves of many tickers that break any of several rules, in bounded memory: a {@link PriceMoveDetector}
 * for each ticker and rule. Not thread-safe.
 *
 * <p>At the bound of tickers a new one takes the place of those that are idle: whose last tick is older than the new
 * one's by more than window, {@code maxDelay} and cooldown, so that nothing about them can matter any more. If there is
 * none, the new ticker's tick is refused and counted. It is looked for at most 64 times per window.
 *
 * <p>At the bound of retained ticks a tick is judged as ever, but not kept as a reference for later ones unless it is a
 * better one than some that are kept; that is counted, too. See {@link #counts}.
 *
 * <pre>{@code
 * var detector = KeyedPriceMoveDetector.builder(PriceMoveRule.riseOfTwoPercentInOneMinute()).maxTickers(10_000).build();
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
    private long lateTicksOfForgotten;

    /**
     * What a detector holds and what it could not take.
     *
     * @param tickers tickers that it knows now
     * @param retainedTicks ticks that it has room for now, used or not
     * @param lateTicks ticks that were ignored because they came too late, once for each rule
     * @param refusedTicks ticks of new tickers that were refused because there were too many tickers
     * @param unretainedTicks ticks that were judged but not kept because there were too many ticks, once for each rule
     */
    public record Counts(int tickers, long retainedTicks, long lateTicks, long refusedTicks, long unretainedTicks) {}

    private KeyedPriceMoveDetector(Builder builder) {
        this.rules = builder.rules.stream()
                .map(rule -> new RuleArithmetic(rule, builder.maxDelay))
                .toList();
        this.maxTickers = builder.maxTickers;
        this.budget = new TickBudget(builder.maxRetainedTicks);
        this.searchIntervalNanos =
                rules.stream().mapToLong(rule -> rule.windowNanos).min().orElseThrow() / SEARCHES_PER_WINDOW;
    }

    /** The settings of a detector.
     *
     * @throws IllegalArgumentException if there is no rule */
    public static Builder builder(PriceMoveRule... rules) {
        return new Builder(List.of(rules));
    }

    /**
     * Takes the next tick of a ticker; see {@link PriceMoveDetector#onTick}.
     *
     * @param ticker as {@link Ticker} allows
     * @return the moves that the tick completes, in the order of the rules; mostly none
     * @throws IllegalArgumentException if an argument is out of range; the tick is then not taken
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

    /** Takes the next tick of a ticker, as {@link #onTick(String, long, long, long)} does. */
    public List<PriceMove> onTick(Tick tick) {
        return onTick(tick.ticker(), tick.epochNanos(), tick.priceUnits(), tick.seq());
    }

    /** Advances the time of every ticker; see {@link PriceMoveDetector#advanceTo}. O(tickers). */
    public void advanceTo(long epochNanos) {
        PriceMoveDetector.requireTime(epochNanos);
        for (PriceMoveDetector[] byRule : detectors.values()) {
            for (PriceMoveDetector detector : byRule) {
                detector.advanceTo(epochNanos);
            }
        }
    }

    /** What it holds and what it could not take. O(tickers). */
    public Counts counts() {
        long lateTicks = lateTicksOfForgotten;
        for (PriceMoveDetector[] byRule : detectors.values()) {
            lateTicks += lateTicks(byRule);
        }
        return new Counts(detectors.size(), budget.taken(), lateTicks, refusedTicks, budget.refused());
    }

    /** Everything to go on from, by ticker, in the order of the rules. */
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
     * Takes up what a snapshot held, in place of what is known of its tickers. A rule that it doesn't have, or had with
     * another {@code maxDelay}, starts from nothing. Tickers beyond the bound are left out, each counted as a refused
     * tick.
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
                        && snapshot.maxDelay().equals(rules.get(i).maxDelay)) {
                    byRule[i].takeUp(snapshot);
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
            forgetIdle(epochNanos);
        }
        return detectors.size() < maxTickers;
    }

    private void forgetIdle(long epochNanos) {
        for (Iterator<PriceMoveDetector[]> all = detectors.values().iterator(); all.hasNext(); ) {
            PriceMoveDetector[] byRule = all.next();
            if (isIdle(byRule, epochNanos)) {
                all.remove();
                lateTicksOfForgotten += lateTicks(byRule);
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

    /** The settings of a {@link KeyedPriceMoveDetector}. Not thread-safe. */
    public static final class Builder {

        private final List<PriceMoveRule> rules;
        private Duration maxDelay = PriceMoveDetector.DEFAULT_MAX_DELAY;
        private int maxTickers = 100_000;
        private long maxRetainedTicks = 10_000_000;

        private Builder(List<PriceMoveRule> rules) {
            if (rules.isEmpty()) {
                throw new IllegalArgumentException("rules must not be empty");
            }
            this.rules = rules;
        }

        /** How much older than its ticker's newest a tick may be; 0 to 7 days, default 2 seconds.
         *
         * @throws IllegalArgumentException if it is out of its range */
        public Builder maxDelay(Duration duration) {
            maxDelay = RuleArithmetic.requireMaxDelay(duration);
            return this;
        }

        /** How many tickers to know at a time; 1 or more, default 100,000.
         *
         * @throws IllegalArgumentException if it is out of its range */
        public Builder maxTickers(int tickers) {
            if (tickers < 1) {
                throw new IllegalArgumentException("maxTickers must be positive: " + tickers);
            }
            maxTickers = tickers;
            return this;
        }

        /** For how many ticks to have room, over all tickers and rules, 32 bytes each; 1 or more, default 10,000,000.
         *
         * @throws IllegalArgumentException if it is out of its range */
        public Builder maxRetainedTicks(long ticks) {
            if (ticks < 1) {
                throw new IllegalArgumentException("maxRetainedTicks must be positive: " + ticks);
            }
            maxRetainedTicks = ticks;
            return this;
        }

        /** A detector that has seen nothing. */
        public KeyedPriceMoveDetector build() {
            return new KeyedPriceMoveDetector(this);
        }
    }
}
