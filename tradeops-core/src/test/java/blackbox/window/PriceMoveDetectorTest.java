package blackbox.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import io.tradeops.core.window.PriceMove;
import io.tradeops.core.window.PriceMove.Point;
import io.tradeops.core.window.PriceMoveDetector;
import io.tradeops.core.window.PriceMoveRule;
import io.tradeops.core.window.PriceMoveRule.Direction;
import io.tradeops.core.window.PriceMoveSnapshot;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PriceMoveDetectorTest {

    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @CsvSource({"UP, 2, 60, 400", "DOWN, 2, 60, 400", "UP, 0.5, 5, 30", "UP, 0, 1, 3", "DOWN, 0.05, 60, 10"})
    void agreesWithTheReferenceOnRandomWalks(Direction direction, BigDecimal threshold, int seconds, int volatility) {
        PriceMoveRule rule = new PriceMoveRule(direction, threshold, Duration.ofSeconds(seconds));
        int moves = 0;
        for (int seed = 0; seed < 20; seed++) {
            moves += assertAgrees(rule, new RandomTicks(seed, volatility), 2_000);
        }
        assertThat(moves).isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void agreesWithTheReferenceOnPricesOfTheWholeRange(Direction direction) {
        SplittableRandom random = new SplittableRandom(7);
        for (int run = 0; run < 500; run++) {
            BigDecimal threshold =
                    FixedDecimal.toBigDecimal(random.nextLong(FixedDecimal.MAX_UNITS) >> random.nextInt(60));
            PriceMoveRule rule = new PriceMoveRule(direction, threshold, Duration.ofMillis(random.nextInt(1, 20)));
            PriceMoveDetector detector = new PriceMoveDetector(rule);
            PriceMoveReference reference = new PriceMoveReference(rule, PriceMoveDetector.DEFAULT_ALLOWED_LATENESS);
            long time = random.nextLong(1_000_000);
            for (int seq = 0; seq < 100; seq++) {
                time += random.nextInt(3) * 1_000_000L;
                Point tick = new Point(time, 1 + (random.nextLong(FixedDecimal.MAX_UNITS) >> random.nextInt(60)), seq);
                assertThat(onTick(detector, tick)).isEqualTo(reference.onTick(tick));
            }
        }
    }

    @Test
    void reportsRuleReferenceAndTrigger() {
        PriceMoveRule rule = PriceMoveRule.riseOfTwoPercentInOneMinute();
        PriceMoveDetector detector = new PriceMoveDetector(rule);
        Point reference = new Point(SECOND, FixedDecimal.parse("100"), 1);
        Point trigger = new Point(31 * SECOND, FixedDecimal.parse("102.0134"), 57);

        assertThat(onTick(detector, reference)).isEmpty();
        assertThat(onTick(detector, trigger)).contains(new PriceMove(rule, 1, reference, trigger));
    }

    @Test
    void evaluatesATick() {
        PriceMoveRule rule = PriceMoveRule.riseOfTwoPercentInOneMinute();
        PriceMoveDetector detector = new PriceMoveDetector(rule);

        assertThat(detector.onTick(new Tick("AAPL", SECOND, 100, 0, 7))).isEmpty();
        assertThat(detector.onTick(new Tick("AAPL", 2 * SECOND, 103, 5, 8)))
                .contains(new PriceMove(rule, 1, new Point(SECOND, 100, 7), new Point(2 * SECOND, 103, 8)));
        assertThat(detector.snapshot().ticks()).contains(new Point(2 * SECOND, 103, 8));
    }

    @Test
    void countsALateTick() {
        PriceMoveDetector detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());
        detector.onTick(new Tick("AAPL", 10 * SECOND, 100, 0, 7));

        assertThat(detector.onTick(new Tick("AAPL", 8 * SECOND - 1, 90, 0, 8))).isEmpty();
        assertThat(detector.lateTicks()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1, epochNanos must not be negative: -1",
        "9223372036000000000, 1, epochNanos must be at most 9223372035999999999: 9223372036000000000",
        "0, 0, priceUnits must be 1 to 999999999999999999: 0",
        "0, -5, priceUnits must be 1 to 999999999999999999: -5",
        "0, 1000000000000000000, priceUnits must be 1 to 999999999999999999: 1000000000000000000"
    })
    void rejectsArgumentsOutOfRangeAndContinues(long epochNanos, long priceUnits, String message) {
        PriceMoveDetector detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());
        detector.onTick(0, 100, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> detector.onTick(epochNanos, priceUnits, 1))
                .withMessage(message);
        assertThatIllegalArgumentException().isThrownBy(() -> detector.advanceTo(-1));
        assertThat(detector.onTick(1, 103, 2)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "UP, 2, PT60S, PT0S, PT2S",
        "DOWN, 2, PT60S, PT0S, PT20S",
        "UP, 1, PT5S, PT0S, PT30S",
        "UP, 1, PT5S, PT10S, PT0S",
        "DOWN, 0.5, PT60S, PT90S, PT10S",
        "UP, 0, PT1S, PT1S, PT60S"
    })
    void agreesWithTheReferenceOutOfOrderWithCooldownAdvancesAndRestarts(
            Direction direction, BigDecimal threshold, Duration window, Duration cooldown, Duration allowedLateness) {
        PriceMoveRule rule = new PriceMoveRule(direction, threshold, window, cooldown);
        int moves = 0;
        for (int seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RandomTicks ticks = new RandomTicks(seed, 150);
            PriceMoveDetector detector = new PriceMoveDetector(rule, allowedLateness);
            PriceMoveReference reference = new PriceMoveReference(rule, allowedLateness);
            for (int i = 0; i < 500; i++) {
                Point tick = delayed(ticks.next(), random, allowedLateness.toMillis() * 3 / 2);
                if (random.nextInt(20) == 0) {
                    detector.advanceTo(tick.epochNanos());
                    reference.advanceTo(tick.epochNanos());
                }
                if (random.nextInt(20) == 0) {
                    detector = PriceMoveDetector.restore(detector.snapshot());
                }
                Optional<PriceMove> expected = reference.onTick(tick);
                assertThat(onTick(detector, tick)).isEqualTo(expected);
                moves += expected.isPresent() ? 1 : 0;
            }
        }
        assertThat(moves).isGreaterThan(100);
    }

    @Test
    void countsAndIgnoresLateTicks() {
        PriceMoveDetector detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());
        detector.onTick(10 * SECOND, 100, 0);
        detector.onTick(8 * SECOND, 90, 1);
        assertThat(detector.lateTicks()).isZero();

        detector.onTick(8 * SECOND - 1, 1, 2);

        assertThat(detector.lateTicks()).isEqualTo(1);
        assertThat(detector.snapshot().lateTicks()).isEqualTo(1);
        assertThat(detector.snapshot().ticks())
                .containsExactly(new Point(8 * SECOND, 90, 1), new Point(10 * SECOND, 100, 0));
    }

    @Test
    void advancingDropsReferencesOutOfTheWindow() {
        PriceMoveDetector detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());
        detector.onTick(0, 100, 0);
        detector.advanceTo(60 * SECOND);
        assertThat(detector.snapshot().ticks()).hasSize(1);

        detector.advanceTo(62 * SECOND + 1);
        detector.advanceTo(64 * SECOND + 1);
        detector.advanceTo(0);

        assertThat(detector.snapshot().ticks()).isEmpty();
        assertThat(detector.snapshot().newestNanos()).hasValue(64 * SECOND + 1);
    }

    @Test
    void restoresASnapshotWithoutTicks() {
        PriceMoveSnapshot snapshot = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute()).snapshot();

        assertThat(PriceMoveDetector.restore(snapshot).snapshot()).isEqualTo(snapshot);
        assertThat(snapshot.newestNanos()).isEmpty();
        assertThat(snapshot.lastMove()).isEmpty();
    }

    @Test
    void restoredDetectorHasTheSameSnapshot() {
        PriceMoveDetector detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());
        for (int i = 0; i < 100; i++) {
            detector.onTick(i * SECOND / 3, 1000 + i % 13 * 5, i);
        }
        PriceMoveSnapshot snapshot = detector.snapshot();

        assertThat(PriceMoveDetector.restore(snapshot).snapshot()).isEqualTo(snapshot);
        assertThat(snapshot.lastMove()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"PT-0.001S", "PT168H0.001S"})
    void rejectsAnAllowedLatenessOutOfRange(Duration allowedLateness) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute(), allowedLateness))
                .withMessage("allowedLateness must be 0 to 7 days: " + allowedLateness);
    }

    @Test
    void oneTickFarAheadIsRefusedAndCounted() {
        PriceMoveDetector detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());
        detector.onTick(0, 100, 0);

        assertThat(detector.onTick(301 * SECOND, 1, 1)).isEmpty();
        assertThat(detector.aheadTicks()).isEqualTo(1);
        assertThat(detector.onTick(SECOND, 103, 2)).isPresent();
        assertThat(detector.aheadTicks()).isEqualTo(1);
        assertThat(detector.lateTicks()).isZero();
        assertThat(detector.snapshot().newestNanos()).hasValue(SECOND);
    }

    @Test
    void aTickAheadByMaxAheadIsAccepted() {
        PriceMoveDetector detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());
        detector.onTick(0, 100, 0);
        detector.onTick(300 * SECOND, 100, 1);

        assertThat(detector.aheadTicks()).isZero();
        assertThat(detector.snapshot().newestNanos()).hasValue(300 * SECOND);
    }

    @Test
    void severalTicksFarAheadThatDisagreeAreRefused() {
        PriceMoveDetector detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());
        detector.onTick(0, 100, 0);
        for (int day = 1; day <= 3; day++) {
            detector.onTick(day * 86_400L * SECOND, 1, day);
        }

        assertThat(detector.onTick(SECOND, 103, 4)).isPresent();
        assertThat(detector.aheadTicks()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"86401", "86400", "86398", "86395", "86650"})
    void theNextTickConfirmsATimeFarAhead(long second) {
        PriceMoveDetector detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());
        detector.onTick(0, 100, 0);
        detector.onTick(86_400 * SECOND, 200, 1);
        assertThat(detector.aheadTicks()).isEqualTo(1);

        detector.onTick(second * SECOND, 200, 2);

        assertThat(detector.aheadTicks()).isZero();
        assertThat(detector.snapshot().newestNanos()).hasValue(Math.max(86_400, second) * SECOND);
        assertThat(detector.lateTicks()).isEqualTo(second == 86_395 ? 1 : 0);
    }

    @Test
    void aHeldTickIsAReferenceOnceItIsConfirmed() {
        PriceMoveDetector detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());
        detector.onTick(0, 100, 0);
        detector.onTick(86_400 * SECOND, 200, 1);

        assertThat(detector.onTick(86_401 * SECOND, 205, 2)
                        .map(move -> move.reference().seq()))
                .contains(1L);
    }

    @Test
    void advancingConfirmsAHeldTick() {
        PriceMoveDetector detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());
        detector.onTick(0, 100, 0);
        detector.onTick(1_000 * SECOND, 200, 1);

        detector.advanceTo(699 * SECOND);
        assertThat(detector.aheadTicks()).isEqualTo(1);
        detector.advanceTo(700 * SECOND);
        assertThat(detector.aheadTicks()).isZero();
        assertThat(detector.snapshot().newestNanos()).hasValue(1_000 * SECOND);
    }

    @Test
    void aTickInTheWindowIsNeverTooFarAhead() {
        PriceMoveDetector detector = new PriceMoveDetector(PriceMoveRule.parse("up>2%/3600s"));
        detector.onTick(0, 100, 0);

        assertThat(detector.onTick(3_600 * SECOND, 103, 1)).isPresent();
    }

    @Test
    void evaluatesInstantsAndDecimals() {
        PriceMoveDetector detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());
        Instant time = Instant.parse("2026-11-20T14:30:00Z");
        detector.onTick(time, new BigDecimal("100"), 1);
        detector.advanceTo(time.plusSeconds(1));

        PriceMove move =
                detector.onTick(time.plusSeconds(2), new BigDecimal("103.5"), 2).orElseThrow();

        assertThat(move.reference().time()).isEqualTo(time);
        assertThat(move.reference().price()).isEqualTo(new BigDecimal("100.00000000"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> detector.onTick(Instant.EPOCH.minusNanos(1), BigDecimal.ONE, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> detector.onTick(time, BigDecimal.ZERO, 3))
                .withMessage("price must be greater than 0, with at most 10 integer digits and 8 decimals: 0");
    }

    private static Point delayed(Point tick, SplittableRandom random, long maxMillis) {
        long delay = random.nextInt(3) == 0 ? random.nextLong(maxMillis + 1) * 1_000_000 : 0;
        return new Point(Math.max(0, tick.epochNanos() - delay), tick.priceUnits(), tick.seq());
    }

    private static int assertAgrees(PriceMoveRule rule, RandomTicks ticks, int count) {
        PriceMoveDetector detector = new PriceMoveDetector(rule);
        PriceMoveReference reference = new PriceMoveReference(rule, PriceMoveDetector.DEFAULT_ALLOWED_LATENESS);
        int moves = 0;
        for (int i = 0; i < count; i++) {
            Point tick = ticks.next();
            Optional<PriceMove> expected = reference.onTick(tick);
            Optional<PriceMove> found = onTick(detector, tick);
            if (!found.equals(expected)) {
                assertThat(found).as(tick.toString()).isEqualTo(expected);
            }
            moves += expected.isPresent() ? 1 : 0;
        }
        return moves;
    }

    private static Optional<PriceMove> onTick(PriceMoveDetector detector, Point tick) {
        return detector.onTick(tick.epochNanos(), tick.priceUnits(), tick.seq());
    }
}
