package io.tradeops.benchmarks;

import java.util.SplittableRandom;

/** Seeded prices that wander around 100, in 10⁻⁸ units: the ticks of all benchmarks. */
final class RandomWalk {

    private static final long SEED = 42;
    private static final long CENT = 1_000_000L;

    private RandomWalk() {}

    /** Steps of up to 5 basis points, so that a move of 2 % within 600 of them comes now and then. */
    static long[] prices(int count) {
        SplittableRandom random = new SplittableRandom(SEED);
        long[] prices = new long[count];
        double price = 100;
        for (int i = 0; i < count; i++) {
            price = Math.max(50, Math.min(200, price * (1 + random.nextInt(-5, 6) / 10_000.0)));
            prices[i] = Math.round(price * 100) * CENT;
        }
        return prices;
    }
}
