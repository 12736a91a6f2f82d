package blackbox.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.core.window.KeyedPriceMove;
import io.tradeops.core.window.KeyedPriceMoveDetector;
import io.tradeops.core.window.KeyedPriceMoveSnapshot;
import io.tradeops.core.window.PriceMove;
import io.tradeops.core.window.PriceMove.Point;
import io.tradeops.core.window.PriceMoveDetector;
import io.tradeops.core.window.PriceMoveRule;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares the detectors with {@link PriceMoveReference} on random ticks. The number of ticks of the keyed detector is
 * the system property {@code tradeops.oracle.ticks}.
 */
class PriceMoveOracleTest {

    private static final int TICKS = Integer.getInteger("tradeops.oracle.ticks", 200_000);
    private static final int TICKERS = 20;
    private static final long SECOND = 1_000_000_000L;
    private static final Duration ALLOWED_LATENESS = Duration.ofSeconds(3);
    private static final PriceMoveRule[] RULES = {
        PriceMoveRule.riseOfTwoPercentInOneMinute(),
        PriceMoveRule.parse("down>1%/10s").withHysteresis(BigDecimal.ZERO).withCooldown(Duration.ofSeconds(20)),
        PriceMoveRule.parse("up>0.5%/2500ms").withHysteresis(new BigDecimal("0.5")),
    };

    private final SplittableRandom random = new SplittableRandom(20_261_128);
    private final Map<String, RandomTicks> walks = new HashMap<>();
    private final Map<String, Long> jumps = new HashMap<>();
    private final Map<String, List<PriceMoveReference>> references = new HashMap<>();

    @Test
    void keyedDetectorWithSeveralRulesAgreesAcrossRestores() {
        KeyedPriceMoveDetector detector = newDetector();
        int[] movesOfStep = new int[4];
        int restores = 0;
        for (int i = 0; i < TICKS; i++) {
            String ticker = "T" + random.nextInt(TICKERS);
            Point tick = next(ticker);
            List<KeyedPriceMove> expected = expected(ticker, tick);
            List<KeyedPriceMove> found = detector.onTick(ticker, tick.epochNanos(), tick.priceUnits(), tick.seq());
            if (!found.equals(expected)) {
                assertThat(found).as("%s %s", ticker, tick).isEqualTo(expected);
            }
            for (KeyedPriceMove move : expected) {
                movesOfStep[Math.min(move.step(), 3)]++;
            }
            if (random.nextInt(1_000) == 0) {
                detector = restored(detector);
                restores++;
            }
        }
        assertThat(restores).isGreaterThan(TICKS / 2_000);
        assertThat(movesOfStep[1]).isGreaterThan(TICKS / 100);
        assertThat(movesOfStep[2]).isGreaterThan(TICKS / 1_000);
        assertThat(movesOfStep[3]).isGreaterThan(TICKS / 5_000);
        assertThat(detector.counts().lateTicks()).isGreaterThan(TICKS / 20);
        assertThat(detector.counts().aheadTicks()).isLessThanOrEqualTo((long) RULES.length * TICKERS);
    }

    @ParameterizedTest
    @CsvSource({
        "up>0.5%/60s, PT60S, 12000",
        "down>0.5%/5s, PT20S, 12000",
        "up>0.2%/20s, PT2S, 12000",
        "down>0.2%/60s, PT0S, 12000"
    })
    void detectorAgreesWithThousandsOfTicksInItsWindow(PriceMoveRule rule, Duration allowedLateness, int count) {
        PriceMoveDetector detector = new PriceMoveDetector(rule, allowedLateness);
        PriceMoveReference reference = new PriceMoveReference(rule, allowedLateness);
        long time = 100 * SECOND;
        long price = 1_000_000;
        int moves = 0;
        for (int i = 0; i < count; i++) {
            time += random.nextInt(5_000) == 0 ? 70 * SECOND : random.nextLong(SECOND / 50);
            price = trend(price, i);
            long late = random.nextInt(5) == 0 ? random.nextLong(allowedLateness.toNanos() * 11 / 10 + 1) : 0;
            Point tick = new Point(Math.max(0, time - late), price, i);
            Optional<PriceMove> expected = reference.onTick(tick);
            Optional<PriceMove> found = detector.onTick(tick.epochNanos(), tick.priceUnits(), tick.seq());
            if (!found.equals(expected)) {
                assertThat(found).as("%s", tick).isEqualTo(expected);
            }
            moves += found.isPresent() ? 1 : 0;
            if (random.nextInt(3_000) == 0) {
                detector = PriceMoveDetector.restore(detector.snapshot());
            }
        }
        assertThat(moves).isGreaterThan(10);
    }

    /** Rises, falls, walks and stays the same by turns, so that queues are long, short and in between. */
    private long trend(long price, int i) {
        return switch (i / 1_500 % 4) {
            case 0 -> price + random.nextInt(8);
            case 1 -> price - random.nextInt(8);
            case 2 -> price + random.nextInt(-400, 401);
            default -> price + (random.nextInt(100) == 0 ? random.nextInt(-2_000, 2_001) : 0);
        };
    }

    private static KeyedPriceMoveDetector newDetector() {
        return KeyedPriceMoveDetector.builder(RULES)
                .allowedLateness(ALLOWED_LATENESS)
                .build();
    }

    private static KeyedPriceMoveDetector restored(KeyedPriceMoveDetector detector) {
        KeyedPriceMoveSnapshot snapshot = detector.snapshot();
        KeyedPriceMoveDetector restored = newDetector();
        restored.restore(KeyedPriceMoveSnapshot.fromBytes(snapshot.toBytes()));
        assertThat(restored.snapshot().tickers()).isEqualTo(snapshot.tickers());
        return restored;
    }

    private List<KeyedPriceMove> expected(String ticker, Point tick) {
        List<KeyedPriceMove> expected = new ArrayList<>();
        for (PriceMoveReference reference : references.computeIfAbsent(ticker, PriceMoveOracleTest::newReferences)) {
            reference.onTick(tick).ifPresent(move -> expected.add(new KeyedPriceMove(ticker, move)));
        }
        return expected;
    }

    private static List<PriceMoveReference> newReferences(String ticker) {
        List<PriceMoveReference> byRule = new ArrayList<>();
        for (PriceMoveRule rule : RULES) {
            byRule.add(new PriceMoveReference(rule, ALLOWED_LATENESS));
        }
        return byRule;
    }

    /** The next tick of a ticker. Some are out of order, some are late, and some follow a silence of many minutes. */
    private Point next(String ticker) {
        Point tick = walks.computeIfAbsent(ticker, key -> new RandomTicks(key.hashCode(), 80))
                .next();
        if (random.nextInt(500) == 0) {
            jumps.merge(ticker, 1_000 * SECOND, Long::sum);
        }
        long late = random.nextInt(3) == 0 ? random.nextLong(9 * SECOND / 2) : 0;
        long time = Math.max(0, tick.epochNanos() + jumps.getOrDefault(ticker, 0L) - late);
        return new Point(time, tick.priceUnits(), tick.seq());
    }
}
