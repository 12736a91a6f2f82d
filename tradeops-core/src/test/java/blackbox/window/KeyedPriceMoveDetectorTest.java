package blackbox.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.core.trade.Tick;
import io.tradeops.core.window.KeyedPriceMoveDetector;
import io.tradeops.core.window.KeyedPriceMoveDetector.Counts;
import io.tradeops.core.window.PriceMove;
import io.tradeops.core.window.PriceMove.Point;
import io.tradeops.core.window.PriceMoveDetector;
import io.tradeops.core.window.PriceMoveRule;
import io.tradeops.core.window.PriceMoveRule.Direction;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyedPriceMoveDetectorTest {

    private static final long SECOND = 1_000_000_000L;
    private static final PriceMoveRule UP = PriceMoveRule.riseOfTwoPercentInOneMinute();
    private static final PriceMoveRule DOWN =
            new PriceMoveRule(Direction.DOWN, BigDecimal.ONE, Duration.ofSeconds(10), Duration.ofSeconds(5));

    @Test
    void agreesWithOneDetectorPerTickerAndRuleAcrossRestarts() {
        SplittableRandom random = new SplittableRandom(11);
        KeyedPriceMoveDetector keyed = KeyedPriceMoveDetector.builder(UP, DOWN).build();
        Map<String, List<PriceMoveDetector>> single = new HashMap<>();
        Map<String, RandomTicks> walks = new HashMap<>();
        int moves = 0;
        for (int i = 0; i < 50_000; i++) {
            String ticker = "T" + random.nextInt(50);
            Point tick = walks.computeIfAbsent(ticker, key -> new RandomTicks(key.hashCode(), 100))
                    .next();
            List<PriceMove> expected = new ArrayList<>();
            single.computeIfAbsent(ticker, key -> List.of(new PriceMoveDetector(UP), new PriceMoveDetector(DOWN)))
                    .forEach(detector -> detector.onTick(tick.epochNanos(), tick.priceUnits(), tick.seq())
                            .ifPresent(expected::add));
            if (i % 5_000 == 0) {
                KeyedPriceMoveDetector restarted =
                        KeyedPriceMoveDetector.builder(UP, DOWN).build();
                restarted.restore(keyed.snapshot());
                keyed = restarted;
            }
            assertThat(onTick(keyed, ticker, tick)).isEqualTo(expected);
            moves += expected.size();
        }
        assertThat(moves).isGreaterThan(1_000);
    }

    @Test
    void reportsAMoveForEveryRuleThatATickBreaks() {
        PriceMoveRule five = new PriceMoveRule(Direction.UP, BigDecimal.valueOf(5), Duration.ofSeconds(60));
        KeyedPriceMoveDetector detector =
                KeyedPriceMoveDetector.builder(UP, DOWN, five).build();
        detector.onTick("AAPL", 0, 100, 0);
        detector.onTick("MSFT", 0, 200, 1);

        assertThat(detector.onTick("AAPL", 1, 106, 2))
                .extracting(PriceMove::rule)
                .containsExactly(UP, five);
        assertThat(detector.onTick("MSFT", 1, 190, 3))
                .extracting(PriceMove::rule)
                .containsExactly(DOWN);
    }

    @Test
    void refusesAndCountsTicksOfNewTickersAtTheLimit() {
        KeyedPriceMoveDetector detector =
                KeyedPriceMoveDetector.builder(UP).maxTickers(2).build();
        detector.onTick("A", 0, 100, 0);
        detector.onTick("B", 0, 100, 1);
        detector.onTick("C", 0, 100, 2);

        assertThat(detector.onTick("C", 1, 103, 3)).isEmpty();
        assertThat(detector.onTick("A", 1, 103, 4)).hasSize(1);
        assertThat(detector.counts().tickers()).isEqualTo(2);
        assertThat(detector.counts().refusedTicks()).isEqualTo(2);
    }

    @Test
    void replacesIdleTickersAtTheLimit() {
        KeyedPriceMoveDetector detector =
                KeyedPriceMoveDetector.builder(UP).maxTickers(2).build();
        detector.onTick("A", 10 * SECOND, 100, 0);
        detector.onTick("A", 0, 100, 0);
        detector.onTick("B", 20 * SECOND, 100, 1);

        detector.onTick("C", 72 * SECOND, 100, 2);
        assertThat(detector.counts().refusedTicks()).isEqualTo(1);

        detector.onTick("C", 73 * SECOND, 100, 3);
        assertThat(detector.counts()).isEqualTo(new Counts(2, 16, 1, 1, 0));
        assertThat(detector.snapshot()).containsOnlyKeys("B", "C");
    }

    @Test
    void aTickerInItsCooldownIsNotIdle() {
        PriceMoveRule rule = UP.withCooldown(Duration.ofMinutes(10));
        KeyedPriceMoveDetector detector =
                KeyedPriceMoveDetector.builder(rule).maxTickers(1).build();
        detector.onTick("A", 1000 * SECOND, 100, 0);
        detector.onTick("A", 1001 * SECOND, 103, 1);

        detector.onTick("B", 1600 * SECOND, 100, 2);
        assertThat(detector.snapshot()).containsOnlyKeys("A");

        detector.onTick("B", 1601 * SECOND, 100, 3);
        assertThat(detector.snapshot()).containsOnlyKeys("B");
    }

    @Test
    void limitsHowOftenItSearchesForIdleTickers() {
        KeyedPriceMoveDetector detector =
                KeyedPriceMoveDetector.builder(UP).maxTickers(1).build();
        detector.onTick("A", 0, 100, 0);
        detector.onTick("B", 62 * SECOND, 100, 1);
        detector.onTick("B", 62 * SECOND + 1, 100, 2);
        assertThat(detector.snapshot()).containsOnlyKeys("A");

        detector.onTick("B", 63 * SECOND, 100, 3);
        assertThat(detector.snapshot()).containsOnlyKeys("B");
    }

    @Test
    void evaluatesTicksAtTheTickLimitButRetainsOnlyBetterReferences() {
        KeyedPriceMoveDetector detector = KeyedPriceMoveDetector.builder(UP)
                .maxRetainedTicks(8)
                .allowedLateness(Duration.ZERO)
                .build();
        for (int i = 0; i < 10; i++) {
            detector.onTick("A", i, 1000 + i, i);
        }
        assertThat(detector.counts()).isEqualTo(new Counts(1, 8, 0, 0, 2));

        assertThat(detector.onTick("A", 10, 1021, 10)).hasSize(1);
        detector.onTick("A", 11, 900, 11);
        assertThat(detector.snapshot().get("A").get(0).ticks()).containsExactly(new Point(11, 900, 11));
        assertThat(detector.onTick("A", 12, 919, 12)).hasSize(1);
    }

    @Test
    void removedTickersReleaseTheirCapacity() {
        KeyedPriceMoveDetector detector = KeyedPriceMoveDetector.builder(UP)
                .maxTickers(1)
                .maxRetainedTicks(64)
                .build();
        for (int round = 0; round < 100; round++) {
            for (int i = 0; i < 30; i++) {
                detector.onTick("T" + round, round * 100L * SECOND + i, 1000 + i, i);
            }
        }
        assertThat(detector.counts()).isEqualTo(new Counts(1, 32, 0, 0, 0));
    }

    @Test
    void evaluatesATickWithItsTicker() {
        KeyedPriceMoveDetector detector = KeyedPriceMoveDetector.builder(UP).build();
        Tick reference = new Tick("A", SECOND, 100, 0, 7);
        Tick trigger = new Tick("A", 2 * SECOND, 103, 5, 8);

        assertThat(detector.onTick(reference)).isEmpty();
        assertThat(detector.onTick(new Tick("B", 2 * SECOND, 103, 5, 9))).isEmpty();
        assertThat(detector.onTick(trigger))
                .containsExactly(new PriceMove(UP, new Point(SECOND, 100, 7), new Point(2 * SECOND, 103, 8)));
        assertThat(detector.counts().tickers()).isEqualTo(2);
    }

    @Test
    void advancesEveryTicker() {
        KeyedPriceMoveDetector detector = KeyedPriceMoveDetector.builder(UP).build();
        detector.onTick("A", 0, 100, 0);
        detector.onTick("B", 5 * SECOND, 100, 1);

        detector.advanceTo(100 * SECOND);

        assertThat(detector.onTick("A", 97 * SECOND, 103, 2)).isEmpty();
        assertThat(detector.onTick("B", 97 * SECOND, 103, 3)).isEmpty();
        assertThat(detector.counts().lateTicks()).isEqualTo(2);
    }

    @Test
    void restoresOnlyItsRulesWithinItsLimits() {
        KeyedPriceMoveDetector both = KeyedPriceMoveDetector.builder(UP, DOWN).build();
        both.onTick("A", 0, 100, 0);
        both.onTick("B", 0, 100, 1);

        KeyedPriceMoveDetector smaller =
                KeyedPriceMoveDetector.builder(DOWN).maxTickers(1).build();
        smaller.restore(both.snapshot());
        assertThat(smaller.counts().refusedTicks()).isEqualTo(1);
        smaller.restore(both.snapshot());
        assertThat(smaller.counts().tickers()).isEqualTo(1);
        assertThat(smaller.snapshot().values())
                .allSatisfy(byRule -> assertThat(byRule.get(0).ticks()).hasSize(1));

        KeyedPriceMoveDetector stricter = KeyedPriceMoveDetector.builder(UP)
                .allowedLateness(Duration.ZERO)
                .build();
        stricter.restore(both.snapshot());
        assertThat(stricter.counts()).isEqualTo(new Counts(2, 0, 0, 0, 0));
    }

    @Test
    void restoringAKnownTickerReleasesItsCapacity() {
        KeyedPriceMoveDetector detector =
                KeyedPriceMoveDetector.builder(UP).maxRetainedTicks(64).build();
        for (int i = 0; i < 10; i++) {
            detector.onTick("A", i, 1000 + i % 5, i);
        }
        Counts counts = detector.counts();
        assertThat(counts.retainedTicks()).isEqualTo(16);

        for (int i = 0; i < 20; i++) {
            detector.restore(detector.snapshot());
        }

        assertThat(detector.counts()).isEqualTo(counts);
    }

    @Test
    void retainsNoMoreThanOutOfOrderTicksNeed() {
        KeyedPriceMoveDetector falling = KeyedPriceMoveDetector.builder(UP).build();
        KeyedPriceMoveDetector outOfOrder = KeyedPriceMoveDetector.builder(UP).build();
        for (int i = 0; i < 10_000; i++) {
            long time = (i + 20) * SECOND / 10;
            falling.onTick("A", time, 20_000 - i, i);
            outOfOrder.onTick("A", time, 10_000, i);
            outOfOrder.onTick("A", time - SECOND / 20, 10_100, i);
        }

        assertThat(falling.counts().retainedTicks()).isLessThanOrEqualTo(8 + 32);
        assertThat(outOfOrder.counts().retainedTicks()).isLessThanOrEqualTo(8 + 64);
    }

    @Test
    void rejectsArgumentsOutOfRange() {
        KeyedPriceMoveDetector detector = KeyedPriceMoveDetector.builder(UP).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> detector.onTick("A B", 0, 1, 0))
                .withMessageContaining("A B");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> detector.onTick("A", -1, 1, 0))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> detector.onTick("A", 0, 0, 0))
                .withMessageContaining(": 0");
        assertThatIllegalArgumentException().isThrownBy(() -> detector.advanceTo(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> detector.restore(Map.of("A B", List.of())));
        assertThatIllegalArgumentException().isThrownBy(KeyedPriceMoveDetector::builder);
        KeyedPriceMoveDetector.Builder builder = KeyedPriceMoveDetector.builder(UP);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxTickers(0))
                .withMessageEndingWith(": 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxRetainedTicks(0))
                .withMessageEndingWith(": 0");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.allowedLateness(Duration.ofSeconds(-1)));
        assertThat(detector.counts()).isEqualTo(new Counts(0, 0, 0, 0, 0));
    }

    private static List<PriceMove> onTick(KeyedPriceMoveDetector detector, String ticker, Point tick) {
        return detector.onTick(ticker, tick.epochNanos(), tick.priceUnits(), tick.seq());
    }
}
