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
 * A day of ticks in the order in which they come: walks with clusters, ticks up to 1.5 s late, doubles, equal times, and
 * rises of exactly 2 % and just above within just under, exactly and just over a minute. Not thread-safe.
 */
final class SeededDay {

    static final Instant START = Instant.parse("2026-11-20T00:00:00Z");

    private static final long MICRO = 1_000;
    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400 * SECOND;
    private static final long MINUTE = 60 * SECOND;
    private static final long MOST_LATE = 1_500_000 * MICRO;
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

    /** About so many ticks, numbered from 1. */
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
            int kind = random.nextInt(100);
            if (kind < 1) {
                jump(time);
            } else {
                walk(walker, time);
            }
            if (kind >= 98) {
                arrivals.add(arrivals.get(arrivals.size() - 1));
            } else if (kind >= 95) {
                walk(walker, time);
            }
        }
    }

    private long gap(long mean) {
        boolean near = random.nextInt(5) > 0;
        long shortest = Math.min(SHORT_GAP, mean);
        return near ? whole(random.nextLong(shortest)) : whole(random.nextLong(10 * mean - 4 * shortest));
    }

    private void walk(int walker, long time) {
        double step = 1 + (random.nextDouble() - 0.5) * 0.02;
        prices[walker] =
                Math.max(FixedDecimal.ONE / 100, Math.min((long) (prices[walker] * step), 9_000 * FixedDecimal.ONE));
        long unit = random.nextBoolean() ? 1 : 1_000_000;
        long quantity = random.nextLong(1, 1_000 * FixedDecimal.ONE);
        add("W" + walker, prices[walker] / unit * unit, quantity, time);
    }

    /** A price, and a minute later, give or take a microsecond, one that is 2 % higher, or the least more. */
    private void jump(long time) {
        String ticker = "J" + random.nextInt(JUMPERS);
        long price = random.nextLong(1, 1_000) * FixedDecimal.ONE;
        long above = price / 50 + random.nextInt(2);
        long later = time + MINUTE + (random.nextInt(3) - 1) * MICRO;
        add(ticker, price, FixedDecimal.ONE, time);
        add(ticker, price + above, FixedDecimal.ONE, later);
    }

    private void add(String ticker, long price, long quantity, long time) {
        long late = random.nextInt(20) == 0 ? whole(random.nextLong(MOST_LATE)) : 0;
        arrivals.add(new Arrival(time + late, ticker, price, quantity, time));
    }

    private static long whole(long nanos) {
        return nanos / MICRO * MICRO;
    }
}
