package io.tradeops.app.monitor;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A seeded day of ticks in the order of arrival: random walks in clusters, ticks that are up to 1.5 s late, duplicates,
 * and equal times. It has rises of exactly 2 % and slightly more, within a minute, a microsecond less and a microsecond
 * more. Not thread-safe.
 */
final class SeededDay {

    static final Instant START = Instant.parse("2026-11-20T00:00:00Z");

    private static final long MICRO = 1_000;
    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400 * SECOND;
    private static final long MINUTE = 60 * SECOND;
    private static final long MAX_LATENESS = 1_500_000 * MICRO;
    private static final long SHORT_GAP = SECOND / 5;
    private static final int WALKERS = 20;
    private static final int JUMPERS = 50;

    private final SplittableRandom random;
    private final long[] prices = new long[WALKERS];
    private final List<Arrival> arrivals = new ArrayList<>();

    private record Arrival(long nanos, String ticker, long price, long quantity, long time) {}

    private SeededDay(long seed) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < WALKERS; i++) {
            prices[i] = random.nextLong(FixedDecimal.ONE, 5_000 * FixedDecimal.ONE);
        }
    }

    /** About {@code count} ticks, with sequence numbers from 1. */
    static List<Tick> of(long seed, int count) {
        SeededDay day = new SeededDay(seed);
        day.fill(count);
        day.arrivals.sort(Comparator.comparingLong(Arrival::nanos)); // stable
        List<Tick> ticks = new ArrayList<>(day.arrivals.size());
        for (Arrival arrival : day.arrivals) {
            ticks.add(
                    new Tick(arrival.ticker(), arrival.time(), arrival.price(), arrival.quantity(), ticks.size() + 1));
        }
        return ticks;
    }

    private void fill(int count) {
        long start = EpochNanos.of(START);
        long mean = DAY / count;
        long time = start;
        int walker = 0;
        while (arrivals.size() < count) {
            time = Math.min(start + DAY - 2 * MINUTE, time + gap(mean));
            walker = random.nextInt(10) < 7 ? walker : random.nextInt(WALKERS);
            int percentile = random.nextInt(100);
            if (percentile < 1) {
                jump(time);
            } else {
                walk(walker, time);
            }
            if (percentile >= 98) {
                arrivals.add(arrivals.get(arrivals.size() - 1));
            } else if (percentile >= 95) {
                walk(walker, time);
            }
        }
    }

    private long gap(long mean) {
        boolean isShort = random.nextInt(5) > 0;
        long shortGap = Math.min(SHORT_GAP, mean);
        return wholeMicros(random.nextLong(isShort ? shortGap : 10 * mean - 4 * shortGap));
    }

    private void walk(int walker, long time) {
        double step = 1 + (random.nextDouble() - 0.5) * 0.02;
        prices[walker] =
                Math.max(FixedDecimal.ONE / 100, Math.min((long) (prices[walker] * step), 9_000 * FixedDecimal.ONE));
        long unit = random.nextBoolean() ? 1 : 1_000_000;
        long quantity = random.nextLong(1, 1_000 * FixedDecimal.ONE);
        add("W" + walker, prices[walker] / unit * unit, quantity, time);
    }

    /**
     * Adds a tick and, a minute later or a microsecond before or after that, one that is 2 % or one unit more higher.
     */
    private void jump(long time) {
        String ticker = "J" + random.nextInt(JUMPERS);
        long price = random.nextLong(1, 1_000) * FixedDecimal.ONE;
        long above = price / 50 + random.nextInt(2);
        long later = time + MINUTE + (random.nextInt(3) - 1) * MICRO;
        add(ticker, price, FixedDecimal.ONE, time);
        add(ticker, price + above, FixedDecimal.ONE, later);
    }

    private void add(String ticker, long price, long quantity, long time) {
        long lateness = random.nextInt(20) == 0 ? wholeMicros(random.nextLong(MAX_LATENESS)) : 0;
        arrivals.add(new Arrival(time + lateness, ticker, price, quantity, time));
    }

    private static long wholeMicros(long nanos) {
        return nanos / MICRO * MICRO;
    }
}
