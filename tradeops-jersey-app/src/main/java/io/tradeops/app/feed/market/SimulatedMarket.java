package io.tradeops.app.feed.market;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * A seeded simulation: each ticker's price is a random walk on a grid, with an occasional jump up by 2.1 to 4 percent. The
 * same settings and start give the same ticks. No two ticks are in the same microsecond. Not thread-safe.
 */
public final class SimulatedMarket implements TickSource {

    private static final long NANOS_PER_MICRO = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final double JUMP_PROBABILITY = 1.0 / 1_500;
    private static final double MIN_JUMP = 0.021;
    private static final double MAX_JUMP = 0.04;
    private static final int PRICE_STEPS = 20_000;
    private static final long CENT = FixedDecimal.ONE / 100;

    private final SplittableRandom random;
    private final String[] tickers;
    private final long[] prices;
    private final long[] anchors;
    private final long intervalMicros;
    private final double volatility;
    private long position;
    /** The time of the next tick. */
    private long next;

    /**
     * A market at its start.
     *
     * @param settings its settings
     * @param start the time from which on it has ticks
     */
    public SimulatedMarket(MarketSettings settings, Instant start) {
        this.position = EpochNanos.of(start);
        this.next = position + Math.floorMod(-position, NANOS_PER_MICRO);
        this.random = new SplittableRandom(settings.seed() ^ position);
        this.tickers = settings.prices().keySet().toArray(String[]::new);
        this.prices =
                settings.prices().values().stream().mapToLong(Long::longValue).toArray();
        this.anchors = this.prices.clone();
        this.intervalMicros = MICROS_PER_SECOND / settings.ticksPerSecond();
        this.volatility = settings.volatilityPercent() / 100;
    }

    @Override
    public void advanceTo(long epochNanos, TickPublisher feed) {
        while (next < epochNanos) {
            int index = random.nextInt(tickers.length);
            prices[index] = nextPrice(index);
            feed.publish(tickers[index], next, prices[index], quantity());
            next += NANOS_PER_MICRO * (1 + random.nextLong(2 * intervalMicros - 1));
        }
        position = Math.max(position, epochNanos);
    }

    @Override
    public long position() {
        return position;
    }

    /** The next price: a small step that is pulled towards the start price, or a jump up. */
    private long nextPrice(int index) {
        double change = volatility * (random.nextDouble() + random.nextDouble() - 1);
        if (random.nextDouble() < JUMP_PROBABILITY) {
            change = MIN_JUMP + (MAX_JUMP - MIN_JUMP) * random.nextDouble();
        }
        double pull = 0.001 * ((double) anchors[index] / prices[index] - 1);
        long step = anchors[index] >= FixedDecimal.ONE ? CENT : Math.max(1, anchors[index] / PRICE_STEPS);
        long moved = Math.round(prices[index] * (1 + change + pull) / step) * step;
        return Math.min(Math.max(moved, step), FixedDecimal.MAX_UNITS);
    }

    private long quantity() {
        return (1 + random.nextInt(500)) * FixedDecimal.ONE;
    }
}
