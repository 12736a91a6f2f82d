package blackbox.window;

import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.window.PriceMove.Point;
import java.util.SplittableRandom;

/** Generates a random walk of prices around 100, with ticks of equal times and with silences. */
final class RandomTicks {

    private static final long SECOND = 1_000_000_000L;

    private final SplittableRandom random;
    private final int volatility;
    private long time;
    private long cents = 10_000;
    private long seq;

    /** @param volatility the largest step of the price, in basis points of the price */
    RandomTicks(long seed, int volatility) {
        this.random = new SplittableRandom(seed);
        this.volatility = volatility;
    }

    Point next() {
        time += switch (random.nextInt(8)) {
            case 0, 1 -> 0;
            case 2 -> SECOND / 1000 * random.nextInt(1000);
            case 3 -> random.nextInt(40) == 0 ? SECOND * random.nextInt(300) : 1;
            default -> SECOND * random.nextInt(8);
        };
        cents = Math.max(100, cents + cents * random.nextInt(-volatility, volatility + 1) / 10_000);
        return new Point(time, cents * (FixedDecimal.ONE / 100), seq++);
    }
}
