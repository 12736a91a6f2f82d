package blackbox.average;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.core.average.AveragePrice;
import io.tradeops.core.average.PriceAverager;
import io.tradeops.core.average.TimeWindows;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceAveragerTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    @ParameterizedTest
    @CsvSource({"PT1S, 0", "PT5M, 0", "PT5M, 10", "PT7.000001S, 100", "PT1H, 1000", "P366D, 5"})
    void agreesWithTheReferenceOnRandomTicksAndRestores(Duration width, int disorderSeconds) {
        SplittableRandom random = new SplittableRandom(8);
        PriceAverager averager = averager(width);
        AverageReference reference = new AverageReference(width);
        long time = 1_795_185_000L * SECOND;
        for (int seq = 0; seq < 10_000; seq++) {
            time += random.nextInt(3) * SECOND;
            Tick tick = randomTick(random, time, disorderSeconds, seq);
            averager.add(tick.epochNanos(), tick.priceUnits(), tick.quantityUnits(), tick.seq());
            reference.add(tick);
            if (seq % 500 == 0) {
                assertCloseAgrees(averager, reference, time);
            }
            if (random.nextInt(100) == 0) {
                averager = restored(averager, averager(width));
            }
        }
        assertCloseAgrees(averager, reference, time + width.toNanos());
    }

    @Test
    void agreesWithTheReferenceOnTicksInRandomOrder() {
        SplittableRandom random = new SplittableRandom(18);
        List<Tick> ticks = new ArrayList<>();
        for (int seq = 0; seq < 20_000; seq++) {
            ticks.add(randomTick(random, seq * 10L * SECOND, 0, seq));
        }
        Collections.shuffle(ticks, new Random(18));
        PriceAverager averager = averager(FIVE_MINUTES);
        AverageReference reference = new AverageReference(FIVE_MINUTES);
        ticks.forEach(averager::add);
        ticks.forEach(reference::add);

        assertCloseAgrees(averager, reference, 100_000 * SECOND);
        assertCloseAgrees(averager, reference, EpochNanos.MAX);
        assertThat(averager.aheadTicks() + averager.refusedTicks() + averager.lateTicks())
                .isZero();
    }

    @Test
    void closesTheWindowOfTheLastNanosecond() {
        PriceAverager averager = new PriceAverager(Duration.ofNanos(1000));
        averager.add(EpochNanos.MAX, 1, 1, 0);
        Instant last = EpochNanos.toInstant(EpochNanos.MAX);

        assertThat(averager.close(last)).isEmpty();
        assertThat(averager.close(last.plusNanos(1))).singleElement().satisfies(average -> {
            assertThat(average.window().contains(last)).isTrue();
            assertThat(average.window().end()).isEqualTo(last.plusNanos(1));
        });
    }

    @Test
    void windowThatEndsAfterTheLastNanosecondIsOneWindow() {
        PriceAverager averager = new PriceAverager(Duration.ofDays(366));
        averager.add(EpochNanos.MAX, 1, 1, 0);
        averager.add(EpochNanos.MAX - 1, 3, 1, 1);
        averager.add(0, 5, 1, 2);

        assertThat(averager.close(EpochNanos.toInstant(EpochNanos.MAX))).hasSize(1);
        assertThat(averager.close(Instant.MAX))
                .singleElement()
                .satisfies(average -> assertThat(average.tickCount()).isEqualTo(2));
    }

    @Test
    void countsLateTicks() {
        PriceAverager averager = new PriceAverager(Duration.ofSeconds(1));
        averager.add(0, 1, 1, 0);
        averager.close(Instant.ofEpochSecond(2));
        averager.close(Instant.ofEpochSecond(1));
        averager.add(2 * SECOND, 1, 1, 1);
        assertThat(averager.lateTicks()).isZero();

        averager.add(SECOND, 1, 1, 2);
        averager.add(2 * SECOND - 1, 1, 1, 3);
        averager.add(0, 1, 1, 4);

        assertThat(averager.lateTicks()).isEqualTo(3);
        assertThat(averager.close(Instant.ofEpochSecond(3)))
                .extracting(AveragePrice::tickCount)
                .containsExactly(1L, 2L, 1L);
    }

    @Test
    void refusesTicksThatNeedMoreWindowsThanTheBound() {
        PriceAverager averager = new PriceAverager(TimeWindows.of(Duration.ofSeconds(1)), 2, FIVE_MINUTES);
        averager.add(0, 1, 1, 0);
        averager.add(SECOND, 1, 1, 1);
        averager.add(2 * SECOND, 1, 1, 2);
        averager.add(1, 1, 1, 3);
        assertThat(averager.refusedTicks()).isEqualTo(1);

        assertThat(averager.close(Instant.ofEpochSecond(1)))
                .extracting(AveragePrice::tickCount)
                .containsExactly(2L);
        averager.add(2 * SECOND, 1, 1, 4);
        averager.add(3 * SECOND, 1, 1, 5);

        assertThat(averager.refusedTicks()).isEqualTo(2);
        assertThat(averager.close(Instant.MAX)).hasSize(2);
    }

    @Test
    void refusedWindowDoesNotTakeTheTicksOfOpenOnes() {
        PriceAverager averager = new PriceAverager(TimeWindows.of(Duration.ofSeconds(1)), 1, FIVE_MINUTES);
        averager.add(SECOND, 1, 1, 0);
        averager.add(0, 1, 1, 1);
        averager.add(SECOND, 1, 1, 2);

        assertThat(averager.close(Instant.MAX))
                .singleElement()
                .satisfies(average -> assertThat(average.tickCount()).isEqualTo(2));
    }

    @Test
    void rejectsAWatermarkBeforeTheEpoch() {
        PriceAverager averager = new PriceAverager(Duration.ofSeconds(1));

        assertThatIllegalArgumentException().isThrownBy(() -> averager.close(Instant.ofEpochSecond(-1)));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1, 1, epochNanos must be 0 to 9223372035999999999: -1",
        "9223372036000000000, 1, 1, epochNanos must be 0 to 9223372035999999999: 9223372036000000000",
        "0, 0, 1, priceUnits must be 1 to 999999999999999999: 0",
        "0, 1000000000000000000, 1, priceUnits must be 1 to 999999999999999999: 1000000000000000000",
        "0, 1, -1, quantityUnits must be 0 to 999999999999999999: -1",
        "0, 1, 1000000000000000000, quantityUnits must be 0 to 999999999999999999: 1000000000000000000"
    })
    void rejectsArgumentsOutOfRange(long epochNanos, long priceUnits, long quantityUnits, String message) {
        PriceAverager averager = new PriceAverager(FIVE_MINUTES);
        byte[] before = averager.snapshot();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> averager.add(epochNanos, priceUnits, quantityUnits, 0))
                .withMessage(message);
        assertThat(averager.snapshot()).isEqualTo(before);
    }

    @Test
    void addsATick() {
        PriceAverager averager = new PriceAverager(FIVE_MINUTES);
        averager.add(new Tick("AAPL", 2 * SECOND, 100, 3, 9));
        averager.add(new Tick("AAPL", 2 * SECOND, 104, 1, 8));

        AveragePrice average =
                averager.close(Instant.parse("1970-01-01T00:05:00Z")).get(0);

        assertThat(average.tickCount()).isEqualTo(2);
        assertThat(average.priceSum()).isEqualTo(204);
        assertThat(average.quantitySum()).isEqualTo(4);
        assertThat(average.notionalSum()).isEqualTo(404);
        assertThat(average.first()).isEqualTo(new AveragePrice.Edge(2 * SECOND, 104, 8));
        assertThat(average.last()).isEqualTo(new AveragePrice.Edge(2 * SECOND, 100, 9));
    }

    @Test
    void addsInstantsAndDecimals() {
        PriceAverager averager = new PriceAverager(FIVE_MINUTES);
        Instant time = Instant.parse("2026-11-20T14:30:00.000000001Z");
        averager.add(time, new BigDecimal("187.12"), BigDecimal.ZERO, 7);

        assertThat(averager.close(Instant.MAX)).singleElement().satisfies(average -> {
            assertThat(average.first().time()).isEqualTo(time);
            assertThat(average.last().price()).isEqualByComparingTo("187.12");
            assertThat(average.first().seq()).isEqualTo(7);
            assertThat(average.vwap()).isEmpty();
            assertThat(average.volume()).isZero();
        });
        assertThatIllegalArgumentException()
                .isThrownBy(() -> averager.add(time, new BigDecimal("0.000000001"), BigDecimal.ONE, 8));
    }

    @ParameterizedTest
    @CsvSource({"PT0S", "PT-1S", "PT0.0000001S", "PT8784H0.000001S"})
    void rejectsWidthsOutOfRange(Duration width) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PriceAverager(width))
                .withMessage("width must be whole microseconds, more than 0 and at most 366 days: " + width);
    }

    @Test
    void rejectsBoundsOutOfRange() {
        TimeWindows windows = TimeWindows.of(FIVE_MINUTES);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PriceAverager(windows, 0, FIVE_MINUTES))
                .withMessage("maxOpenWindows must be positive: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PriceAverager(windows, 1, Duration.ZERO))
                .withMessage("maxAhead must be positive: PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PriceAverager(windows, 1, Duration.ofNanos(-1)))
                .withMessage("maxAhead must be positive: PT-0.000000001S");
    }

    @Test
    void restoresHeldTicksAndCounts() {
        PriceAverager averager = new PriceAverager(TimeWindows.of(Duration.ofSeconds(1)), 1, FIVE_MINUTES);
        averager.close(Instant.ofEpochSecond(100));
        averager.add(99 * SECOND, 1, 1, 0); // late
        averager.add(98 * SECOND, 1, 1, 1); // no room
        averager.add(10_000 * SECOND, 1, 1, 2); // refused
        averager.add(5_000 * SECOND, 9, 1, -3); // held back
        PriceAverager restored = new PriceAverager(TimeWindows.of(Duration.ofSeconds(1)), 1, FIVE_MINUTES);
        restored.add(0, 1, 1, 0);
        restored.restore(averager.snapshot());

        assertThat(restored.snapshot()).isEqualTo(averager.snapshot());
        assertThat(restored.lateTicks()).isEqualTo(1);
        assertThat(restored.refusedTicks()).isEqualTo(1);
        assertThat(restored.aheadTicks()).isEqualTo(1);
        assertThat(restored.close(Instant.ofEpochSecond(100)))
                .extracting(AveragePrice::tickCount)
                .containsExactly(1L);
        assertThat(restored.close(Instant.MAX))
                .extracting(average -> average.first().seq())
                .containsExactly(-3L);
    }

    @Test
    void refusesDamagedSnapshotsAndKeepsItsState() {
        PriceAverager averager = averager(FIVE_MINUTES);
        averager.add(0, 1, 1, 0);
        averager.add(SECOND, 2, 1, 1);
        byte[] snapshot = averager.snapshot();
        for (int i = 0; i < snapshot.length; i++) {
            byte[] truncated = Arrays.copyOf(snapshot, i);
            byte[] changed = snapshot.clone();
            changed[i] ^= 0x10;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> averager.restore(truncated))
                    .withMessageStartingWith("the bytes are ");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> averager.restore(changed))
                    .withMessageStartingWith("the bytes are ");
        }

        assertThat(averager.snapshot()).isEqualTo(snapshot);
    }

    @Test
    void refusesSnapshotsOfOtherWindowsAndBeyondTheBound() {
        PriceAverager averager = averager(Duration.ofMinutes(1));
        averager.add(0, 1, 1, 0);
        averager.add(60 * SECOND, 2, 1, 1);
        byte[] snapshot = averager.snapshot();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> averager(FIVE_MINUTES).restore(snapshot))
                .withMessage("the snapshot is of windows PT1M, not of PT5M");
        PriceAverager small = new PriceAverager(TimeWindows.of(Duration.ofMinutes(1)), 1, FIVE_MINUTES);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small.restore(snapshot))
                .withMessage("the snapshot has more open windows than maxOpenWindows: 2");
        assertThat(small.close(Instant.MAX)).isEmpty();
    }

    private static PriceAverager averager(Duration width) {
        return new PriceAverager(TimeWindows.of(width), 10_000, Duration.ofDays(10_000));
    }

    private static PriceAverager restored(PriceAverager averager, PriceAverager other) {
        byte[] snapshot = averager.snapshot();
        other.restore(snapshot);
        assertThat(other.snapshot()).isEqualTo(snapshot);
        return other;
    }

    private static Tick randomTick(SplittableRandom random, long time, int disorderSeconds, int seq) {
        long price = 1 + (random.nextLong(FixedDecimal.MAX_UNITS) >> random.nextInt(60));
        long quantity =
                random.nextInt(3) == 0 ? 0 : 1 + (random.nextLong(FixedDecimal.MAX_UNITS) >> random.nextInt(60));
        return new Tick("AAPL", time - random.nextInt(disorderSeconds + 1) * SECOND, price, quantity, seq);
    }

    private static void assertCloseAgrees(PriceAverager averager, AverageReference reference, long time) {
        List<AveragePrice> closed = averager.close(EpochNanos.toInstant(time));
        List<String> expected = reference.close(EpochNanos.toInstant(time));
        assertThat(closed.stream().map(AverageReference::describe)).isEqualTo(expected);
    }
}
