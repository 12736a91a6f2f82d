package io.tradeops.benchmarks;

import java.util.SplittableRandom;

/** A random walk of prices around 100, in 10⁻⁸ units, with a fixed seed, for the benchmarks of detectors and averages. */
final class RandomWalk {

    private static final long SEED = 42;
    private static final long CENT = 1_000_000L;

    private RandomWalk() {}

    /** Steps are up to 5 basis points, so that a move of 2 % within 600 steps is rare but occurs. */
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
