package blackbox.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.core.trade.Tick;
import io.tradeops.core.window.KeyedPriceMove;
import io.tradeops.core.window.KeyedPriceMoveDetector;
import io.tradeops.core.window.KeyedPriceMoveDetector.Counts;
import io.tradeops.core.window.KeyedPriceMoveSnapshot;
import io.tradeops.core.window.PriceMove;
import io.tradeops.core.window.PriceMove.Point;
import io.tradeops.core.window.PriceMoveDetector;
import io.tradeops.core.window.PriceMoveRule;
import io.tradeops.core.window.PriceMoveRule.Direction;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
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
            List<KeyedPriceMove> expected = new ArrayList<>();
            single.computeIfAbsent(ticker, key -> List.of(new PriceMoveDetector(UP), new PriceMoveDetector(DOWN)))
                    .forEach(detector -> detector.onTick(tick.epochNanos(), tick.priceUnits(), tick.seq())
                            .ifPresent(move -> expected.add(new KeyedPriceMove(ticker, move))));
            if (i % 5_000 == 0) {
                KeyedPriceMoveDetector restarted =
                        KeyedPriceMoveDetector.builder(UP, DOWN).build();
                restarted.restore(
                        KeyedPriceMoveSnapshot.fromBytes(keyed.snapshot().toBytes()));
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
                .extracting(KeyedPriceMove::rule)
                .containsExactly(UP, five);
        assertThat(detector.onTick("MSFT", 1, 190, 3))
                .extracting(KeyedPriceMove::rule)
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
        assertThat(detector.counts()).isEqualTo(new Counts(2, 8, 1, 0, 1, 0));
        assertThat(detector.snapshot().tickers()).containsOnlyKeys("B", "C");
    }

    @Test
    void aTickerInItsCooldownIsNotIdle() {
        PriceMoveRule rule = UP.withCooldown(Duration.ofMinutes(10));
        KeyedPriceMoveDetector detector =
                KeyedPriceMoveDetector.builder(rule).maxTickers(1).build();
        detector.onTick("A", 1000 * SECOND, 100, 0);
        detector.onTick("A", 1001 * SECOND, 103, 1);

        detector.advanceTo(1600 * SECOND);
        detector.onTick("B", 1600 * SECOND, 100, 2);
        assertThat(detector.snapshot().tickers()).containsOnlyKeys("A");

        detector.onTick("B", 1601 * SECOND, 100, 3);
        assertThat(detector.snapshot().tickers()).containsOnlyKeys("B");
    }

    @Test
    void examinesSixteenTickersForEachTickOfANewTicker() {
        KeyedPriceMoveDetector detector =
                KeyedPriceMoveDetector.builder(UP).maxTickers(40).build();
        for (int i = 0; i < 40; i++) {
            detector.onTick("T" + i, 0, 100, i);
        }
        for (int second = 20; second <= 80; second += 20) {
            detector.onTick("T0", second * SECOND, 100, 40);
        }
        for (int i = 0; i < 38; i++) {
            detector.onTick("N" + i, 80 * SECOND, 100, i);
        }

        assertThat(detector.counts().refusedTicks()).isZero();
        assertThat(detector.snapshot().tickers())
                .containsKeys("T0", "N0", "N37")
                .hasSize(40);
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
        assertThat(detector.counts()).isEqualTo(new Counts(1, 8, 0, 0, 0, 2));

        assertThat(detector.onTick("A", 10, 1021, 10)).hasSize(1);
        detector.onTick("A", 11, 900, 11);
        assertThat(detector.snapshot().tickers().get("A").get(0).ticks()).containsExactly(new Point(11, 900, 11));
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
        assertThat(detector.counts()).isEqualTo(new Counts(1, 32, 0, 0, 0, 0));
    }

    @Test
    void evaluatesATickWithItsTicker() {
        KeyedPriceMoveDetector detector = KeyedPriceMoveDetector.builder(UP).build();
        Tick reference = new Tick("A", SECOND, 100, 0, 7);
        Tick trigger = new Tick("A", 2 * SECOND, 103, 5, 8);

        assertThat(detector.onTick(reference)).isEmpty();
        assertThat(detector.onTick(new Tick("B", 2 * SECOND, 103, 5, 9))).isEmpty();
        assertThat(detector.onTick(trigger))
                .containsExactly(new KeyedPriceMove(
                        "A", new PriceMove(UP, 1, new Point(SECOND, 100, 7), new Point(2 * SECOND, 103, 8))));
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
    void restoresOnlyItsRules() {
        KeyedPriceMoveDetector both = KeyedPriceMoveDetector.builder(UP, DOWN).build();
        both.onTick("A", 0, 100, 0);
        both.onTick("B", 0, 100, 1);

        KeyedPriceMoveDetector one = KeyedPriceMoveDetector.builder(DOWN).build();
        one.restore(both.snapshot());
        assertThat(one.snapshot().tickers().values())
                .allSatisfy(byRule -> assertThat(byRule.get(0).ticks()).hasSize(1));

        KeyedPriceMoveDetector stricter = KeyedPriceMoveDetector.builder(UP)
                .allowedLateness(Duration.ZERO)
                .build();
        stricter.restore(both.snapshot());
        assertThat(stricter.counts()).isEqualTo(new Counts(2, 0, 0, 0, 0, 0));
    }

    @Test
    void restoreTakesAllOrNothing() {
        KeyedPriceMoveDetector source = KeyedPriceMoveDetector.builder(UP).build();
        for (int i = 0; i < 30; i++) {
            source.onTick("T" + i % 3, i, 100 + i, i);
        }
        KeyedPriceMoveDetector fewTickers =
                KeyedPriceMoveDetector.builder(UP).maxTickers(2).build();
        fewTickers.onTick("A", 0, 100, 0);
        KeyedPriceMoveSnapshot before = fewTickers.snapshot();
        KeyedPriceMoveDetector fewTicks =
                KeyedPriceMoveDetector.builder(UP).maxRetainedTicks(29).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> fewTickers.restore(source.snapshot()))
                .withMessage("the snapshot must have at most 2 tickers: 3");
        assertThat(fewTickers.snapshot()).isEqualTo(before);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fewTicks.restore(source.snapshot()))
                .withMessage("the snapshot must have at most 29 ticks: 30");
        assertThat(fewTicks.counts().tickers()).isZero();
    }

    @Test
    void restoreReplacesTheStateAndItsCounts() {
        KeyedPriceMoveDetector source =
                KeyedPriceMoveDetector.builder(UP).maxTickers(1).build();
        source.onTick("A", 100 * SECOND, 100, 0);
        source.onTick("A", 90 * SECOND, 100, 1);
        source.onTick("B", 100 * SECOND, 100, 2);
        source.onTick("A", 1000 * SECOND, 100, 3);
        KeyedPriceMoveDetector copy =
                KeyedPriceMoveDetector.builder(UP).maxTickers(1).build();
        copy.onTick("Z", 5 * SECOND, 100, 0);

        copy.restore(source.snapshot());

        assertThat(copy.snapshot()).isEqualTo(source.snapshot());
        assertThat(copy.counts()).isEqualTo(source.counts());
        assertThat(copy.counts().lateTicks()).isEqualTo(1);
        assertThat(copy.counts().refusedTicks()).isEqualTo(1);
        assertThat(copy.counts().aheadTicks()).isEqualTo(1);
    }

    @Test
    void countsSurviveTheRemovalOfTheirTickersFromASnapshot() {
        KeyedPriceMoveDetector source = KeyedPriceMoveDetector.builder(UP).build();
        source.onTick("A", 100 * SECOND, 100, 0);
        source.onTick("A", 90 * SECOND, 100, 1);
        KeyedPriceMoveDetector copy = KeyedPriceMoveDetector.builder(UP).build();

        copy.restore(source.snapshot().withTickers(Map.of()));

        assertThat(copy.counts()).isEqualTo(new Counts(0, 0, 1, 0, 0, 0));
    }

    @Test
    void aBurstDoesNotBlindLaterTickers() {
        KeyedPriceMoveDetector detector =
                KeyedPriceMoveDetector.builder(UP).maxRetainedTicks(10_000).build();
        for (int i = 0; i < 20_000; i++) {
            detector.onTick("BURST", i, 1_000_000 + i, i);
        }
        assertThat(detector.counts().unretainedTicks()).isPositive();
        long unretained = detector.counts().unretainedTicks();

        detector.onTick("OTHER", 62 * SECOND, 100, 0);
        assertThat(detector.counts().unretainedTicks()).isEqualTo(unretained);
        detector.onTick("LATER", 63 * SECOND, 100, 0);

        assertThat(detector.onTick("LATER", 64 * SECOND, 103, 1)).hasSize(1);
        assertThat(detector.counts().unretainedTicks()).isEqualTo(unretained);
        assertThat(detector.counts().retainedTicks()).isLessThan(100);
    }

    @Test
    void aTickerThatGaveItsRoomBackStartsAgain() {
        KeyedPriceMoveDetector detector =
                KeyedPriceMoveDetector.builder(UP).maxRetainedTicks(10_000).build();
        for (int burst = 0; burst < 3; burst++) {
            long start = burst * 100L * SECOND;
            for (int i = 0; i < 8_000; i++) {
                long price = burst == 1 ? 1_000_000 - i : 1_000_000 + i;
                detector.onTick("BURST", start + i, price, i);
            }
            detector.onTick("OTHER", start + 70 * SECOND, 100, burst);
            assertThat(detector.counts().retainedTicks()).isLessThan(100);
        }

        assertThat(detector.onTick("OTHER", 271 * SECOND, 103, 3)).hasSize(1);
        assertThat(detector.counts().unretainedTicks()).isZero();
    }

    @Test
    void anActiveTickerGivesItsRoomBack() {
        KeyedPriceMoveDetector detector = KeyedPriceMoveDetector.builder(UP).build();
        for (int i = 0; i < 20_000; i++) {
            detector.onTick("A", i, 1_000_000 + i, i);
        }
        assertThat(detector.counts().retainedTicks()).isGreaterThanOrEqualTo(20_000);

        for (int i = 1; i <= 2_000; i++) {
            detector.onTick("A", i * SECOND / 10, 1_000_000, i);
        }

        assertThat(detector.counts().retainedTicks()).isLessThan(1_200);
    }

    @Test
    void aTickFarAheadHasNoEffectOnOtherTickers() {
        KeyedPriceMoveDetector detector =
                KeyedPriceMoveDetector.builder(UP).maxTickers(3).build();
        detector.onTick("A", 0, 100, 0);
        detector.onTick("B", 0, 100, 1);
        for (int i = 1; i < 8; i++) {
            assertThat(detector.onTick("B", 365L * 86_400 * SECOND + i, 200, i)).isEmpty();
        }
        assertThat(detector.onTick("C", 365L * 86_400 * SECOND * 2, 200, 8)).isEmpty();

        assertThat(detector.onTick("A", SECOND, 103, 9)).hasSize(1);
        detector.onTick("D", SECOND, 100, 10);
        assertThat(detector.snapshot().tickers()).containsOnlyKeys("A", "B", "C");
        detector.onTick("A", 62 * SECOND, 103, 11);
        detector.onTick("D", 63 * SECOND, 100, 12);
        assertThat(detector.snapshot().tickers()).containsKeys("A", "D").hasSize(3);
    }

    @Test
    void eightTicksInARowThatAgreeMoveTheTimeOfTheFeed() {
        KeyedPriceMoveDetector detector =
                KeyedPriceMoveDetector.builder(UP).maxTickers(1).build();
        detector.onTick("A", 5_000 * SECOND, 100, 0);
        for (int i = 0; i < 7; i++) {
            detector.onTick("B", 9_000 * SECOND, 100, i);
        }
        assertThat(detector.snapshot().tickers()).containsOnlyKeys("A");
        assertThat(detector.snapshot().clock().confirmations()).isEqualTo(7);

        detector.onTick("B", 9_001 * SECOND, 100, 7);
        assertThat(detector.snapshot().tickers()).containsOnlyKeys("B");
        assertThat(detector.snapshot().clock().nanos()).hasValue(9_001 * SECOND);

        for (int i = 0; i < 8; i++) {
            detector.onTick("C", 6_000 * SECOND + i, 100, i);
        }
        assertThat(detector.snapshot().clock().nanos()).hasValue(6_000 * SECOND + 7);
        assertThat(detector.counts().refusedTicks()).isEqualTo(7 + 8);
    }

    @Test
    void aTickAtTheTimeOfTheFeedRefutesThoseFarFromIt() {
        KeyedPriceMoveDetector detector = KeyedPriceMoveDetector.builder(UP).build();
        detector.onTick("A", 0, 100, 0);
        for (int i = 0; i < 100; i++) {
            detector.onTick("B", 9_000 * SECOND, 100, i);
            detector.onTick("A", i, 100, i);
        }

        assertThat(detector.snapshot().clock().nanos()).hasValue(99);
    }

    @Test
    void aTickThatTheFeedHasReachedIsNotTooFarAhead() {
        KeyedPriceMoveDetector detector = KeyedPriceMoveDetector.builder(UP).build();
        detector.onTick("QUIET", 0, 100, 0);
        for (int minute = 0; minute <= 20; minute++) {
            detector.onTick("BUSY", minute * 60L * SECOND, 100, minute);
        }

        detector.onTick("QUIET", 1201 * SECOND, 100, 0);
        assertThat(detector.onTick("QUIET", 1202 * SECOND, 103, 0)).hasSize(1);
        assertThat(detector.counts().aheadTicks()).isZero();
    }

    @Test
    void aQuietNightLosesNoMove() {
        KeyedPriceMoveDetector detector = KeyedPriceMoveDetector.builder(UP).build();
        detector.onTick("A", 0, 100, 0);
        detector.onTick("B", 0, 100, 1);
        long morning = 57_600 * SECOND;

        assertThat(detector.onTick("A", morning, 200, 2)).isEmpty();
        assertThat(detector.onTick("B", morning, 200, 3)).isEmpty();
        assertThat(detector.onTick("A", morning + 1, 205, 4)).hasSize(1);
        assertThat(detector.onTick("B", morning + 1, 205, 5)).hasSize(1);
        assertThat(detector.counts().aheadTicks()).isZero();
    }

    @Test
    void tickersWhoseTimesAreFarApartAreAllEvaluated() {
        KeyedPriceMoveDetector detector = KeyedPriceMoveDetector.builder(UP).build();
        int moves = 0;
        for (int i = 0; i < 100; i++) {
            moves += detector.onTick("DELAYED", i * SECOND, 100 + i % 2 * 3, i).size();
            moves += detector.onTick("LIVE", (i + 900) * SECOND, 100 + i % 2 * 3, i)
                    .size();
        }
        assertThat(moves).isEqualTo(100);
        assertThat(detector.counts().aheadTicks()).isZero();
    }

    @Test
    void evaluatesInstantsAndDecimals() {
        KeyedPriceMoveDetector detector = KeyedPriceMoveDetector.builder(UP).build();
        Instant time = Instant.parse("2026-11-20T14:30:00Z");
        detector.onTick("A", time, new BigDecimal("100"), 1);
        detector.advanceTo(time.plusSeconds(1));

        KeyedPriceMove move = detector.onTick("A", time.plusSeconds(2), new BigDecimal("102.0134"), 2)
                .get(0);

        assertThat(move.ticker()).isEqualTo("A");
        assertThat(move.id()).isEqualTo(move.move().id("A"));
        assertThat(move.rule()).isEqualTo(UP);
        assertThat(move.step()).isEqualTo(1);
        assertThat(move.changePercent()).isEqualTo(new BigDecimal("2.0134"));
        assertThat(move.reference().time()).isEqualTo(time);
        assertThat(move.trigger().price()).isEqualTo(new BigDecimal("102.01340000"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> detector.onTick("A", time, new BigDecimal("1.000000001"), 1))
                .withMessageContaining("8 decimals: 1.000000001");
        assertThatIllegalArgumentException().isThrownBy(() -> new KeyedPriceMove("A B", move.move()));
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

        assertThat(falling.counts().retainedTicks()).isLessThanOrEqualTo(8 + 80);
        assertThat(outOfOrder.counts().retainedTicks()).isLessThanOrEqualTo(8 + 120);
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
        assertThatIllegalArgumentException().isThrownBy(() -> KeyedPriceMoveSnapshot.of(Map.of("A B", List.of())));
        assertThatIllegalArgumentException().isThrownBy(KeyedPriceMoveDetector::builder);
        KeyedPriceMoveDetector.Builder builder = KeyedPriceMoveDetector.builder(UP);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxTickers(0))
                .withMessageEndingWith(": 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxRetainedTicks(0))
                .withMessageEndingWith(": 0");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.allowedLateness(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxAhead(Duration.ofSeconds(-1)))
                .withMessage("maxAhead must be 0 to 36500 days: PT-1S");
        assertThat(detector.counts()).isEqualTo(new Counts(0, 0, 0, 0, 0, 0));
    }

    private static List<KeyedPriceMove> onTick(KeyedPriceMoveDetector detector, String ticker, Point tick) {
        return detector.onTick(ticker, tick.epochNanos(), tick.priceUnits(), tick.seq());
    }
}
