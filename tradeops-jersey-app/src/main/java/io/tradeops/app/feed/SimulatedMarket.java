package io.tradeops.app.feed;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A seeded market: each ticker's price is a random walk on a grid, and now and then it jumps by 2 to 4 percent. The same
 * seed, start and prices give the same ticks, no two at the same microsecond. Not thread-safe.
 */
public final class SimulatedMarket implements TickSource {

    /** The tickers and the prices that they start at by default. */
    public static final Map<String, Long> DEFAULT_PRICES = defaultPrices();

    private static final long NANOS_PER_MICRO = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final double VOLATILITY_PER_TICK = 0.0002;
    private static final double JUMP_PROBABILITY = 1.0 / 1_500;
    private static final double SMALLEST_JUMP = 0.021;
    private static final double LARGEST_JUMP = 0.04;
    private static final int PRICE_STEPS = 20_000;
    private static final long CENT = FixedDecimal.ONE / 100;

    private final SplittableRandom random;
    private final String[] tickers;
    private final long[] prices;
    private final long[] anchors;
    private final long intervalMicros;
    private long position;
    private long next;

    /**
     * A market from a moment on.
     *
     * @param seed what its randomness begins with
     * @param start when it begins
     * @param prices each ticker's price in 10⁻⁸ units
     * @param ticksPerSecond how many ticks all tickers have together, 1 to 1,000,000
     */
    public SimulatedMarket(long seed, Instant start, Map<String, Long> prices, int ticksPerSecond) {
        if (ticksPerSecond < 1 || ticksPerSecond > 1_000_000) {
            throw new IllegalArgumentException("ticksPerSecond must be 1 to 1000000: " + ticksPerSecond);
        }
        this.position = EpochNanos.of(start);
        this.next = position + Math.floorMod(-position, NANOS_PER_MICRO);
        this.random = new SplittableRandom(seed ^ position);
        this.tickers = prices.keySet().toArray(String[]::new);
        this.prices = prices.values().stream().mapToLong(Long::longValue).toArray();
        this.anchors = this.prices.clone();
        this.intervalMicros = MICROS_PER_SECOND / ticksPerSecond;
    }

    @Override
    public void advanceTo(long epochNanos, PriceFeed feed) {
        while (next < epochNanos) {
            int index = random.nextInt(tickers.length);
            prices[index] = move(index);
            feed.publish(tickers[index], prices[index], quantity(), next);
            next += NANOS_PER_MICRO * (1 + random.nextLong(2 * intervalMicros - 1));
        }
        position = Math.max(position, epochNanos);
    }

    @Override
    public long position() {
        return position;
    }

    /** The next price: a small step that leans towards where the walk began, or a jump up. */
    private long move(int index) {
        double change = VOLATILITY_PER_TICK * (random.nextDouble() + random.nextDouble() - 1);
        if (random.nextDouble() < JUMP_PROBABILITY) {
            change = SMALLEST_JUMP + (LARGEST_JUMP - SMALLEST_JUMP) * random.nextDouble();
        }
        double pull = 0.001 * ((double) anchors[index] / prices[index] - 1);
        long step = anchors[index] >= FixedDecimal.ONE ? CENT : Math.max(1, anchors[index] / PRICE_STEPS);
        long moved = Math.round(prices[index] * (1 + change + pull) / step) * step;
        return Math.min(Math.max(moved, step), FixedDecimal.MAX_UNITS);
    }

    private long quantity() {
        return (1 + random.nextInt(500)) * FixedDecimal.ONE;
    }

    private static Map<String, Long> defaultPrices() {
        Map<String, Long> prices = new LinkedHashMap<>();
        List.of(
                        "AAPL 189.37",
                        "MSFT 412.10",
                        "NVDA 138.25",
                        "AMZN 201.44",
                        "GOOG 176.90",
                        "TSLA 342.18",
                        "BRK.B 470.05",
                        "BTC/USD 92350.00",
                        "ETH/USD 3120.50",
                        "SPY 598.73")
                .forEach(line -> {
                    String[] parts = line.split(" ", 2);
                    prices.put(parts[0], FixedDecimal.parse(parts[1]));
                });
        return Collections.unmodifiableMap(prices);
    }
}
