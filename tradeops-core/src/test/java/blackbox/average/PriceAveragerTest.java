package blackbox.average;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.core.average.AveragePrice;
import io.tradeops.core.average.PriceAverager;
import io.tradeops.core.average.TimeWindow;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceAveragerTest {

    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @CsvSource({"PT1S, 0", "PT5M, 0", "PT5M, 10", "PT7.000001S, 100", "PT1H, 1000", "P366D, 5"})
    void agreesWithTheReferenceOnRandomTicks(Duration width, int disorderSeconds) {
        SplittableRandom random = new SplittableRandom(8);
        PriceAverager averager = new PriceAverager(width);
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
        }
        assertCloseAgrees(averager, reference, time + width.toNanos());
    }

    @Test
    void acceptsTheLastNanosecond() {
        PriceAverager averager = new PriceAverager(Duration.ofNanos(1000));
        averager.add(EpochNanos.MAX, 1, 1, 0);

        assertThat(averager.close(EpochNanos.toInstant(EpochNanos.MAX))).isEmpty();
    }

    @Test
    void windowThatEndsAfterTheLastNanosecondIsOneWindow() {
        PriceAverager averager = new PriceAverager(Duration.ofDays(366));
        averager.add(EpochNanos.MAX, 1, 1, 0);
        averager.add(EpochNanos.MAX - 1, 3, 1, 1);
        averager.add(0, 5, 1, 2);

        assertThat(averager.close(EpochNanos.toInstant(EpochNanos.MAX))).hasSize(1);
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
        "0, 1, 0, quantityUnits must be 1 to 999999999999999999: 0",
        "0, 1, 1000000000000000000, quantityUnits must be 1 to 999999999999999999: 1000000000000000000"
    })
    void rejectsArgumentsOutOfRange(long epochNanos, long priceUnits, long quantityUnits, String message) {
        PriceAverager averager = new PriceAverager(Duration.ofMinutes(5));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> averager.add(epochNanos, priceUnits, quantityUnits, 0))
                .withMessage(message);
        assertThat(averager.close(Instant.parse("2200-01-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void addsATick() {
        PriceAverager averager = new PriceAverager(Duration.ofMinutes(5));
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
    void rejectsATickWithoutAQuantity() {
        PriceAverager averager = new PriceAverager(Duration.ofMinutes(5));
        Tick tick = new Tick("AAPL", 0, 100, 0, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> averager.add(tick))
                .withMessage("quantityUnits must be 1 to 999999999999999999: 0");
        assertThat(averager.close(Instant.parse("2200-01-01T00:00:00Z"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT0S", "PT-1S", "PT0.0000001S", "PT8784H0.000001S"})
    void rejectsWidthsOutOfRange(Duration width) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PriceAverager(width))
                .withMessage("width must be whole microseconds, more than 0 and at most 366 days: " + width);
    }

    @Test
    void windowIncludesItsStartAndExcludesItsEnd() {
        Instant start = Instant.parse("2026-11-20T14:30:00Z");
        TimeWindow window =
                TimeWindow.containing(Instant.parse("2026-11-20T14:34:59.999999999Z"), Duration.ofMinutes(5));

        assertThat(window).isEqualTo(new TimeWindow(start, Duration.ofMinutes(5)));
        assertThat(TimeWindow.containing(start, Duration.ofMinutes(5))).isEqualTo(window);
        assertThat(window.end()).isEqualTo("2026-11-20T14:35:00Z");
        assertThat(TimeWindow.containing(window.end(), Duration.ofMinutes(5))).isEqualTo(window.next());
    }

    @Test
    void rejectsAWindowThatIsNotAligned() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeWindow(Instant.parse("2026-11-20T14:31:00Z"), Duration.ofMinutes(5)))
                .withMessageContaining("2026-11-20T14:31:00Z");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeWindow.containing(Instant.parse("1969-11-20T14:31:00Z"), Duration.ofMinutes(5)));
    }

    private static Tick randomTick(SplittableRandom random, long time, int disorderSeconds, int seq) {
        long price = 1 + (random.nextLong(FixedDecimal.MAX_UNITS) >> random.nextInt(60));
        long quantity = 1 + (random.nextLong(FixedDecimal.MAX_UNITS) >> random.nextInt(60));
        return new Tick("AAPL", time - random.nextInt(disorderSeconds + 1) * SECOND, price, quantity, seq);
    }

    private static void assertCloseAgrees(PriceAverager averager, AverageReference reference, long time) {
        List<AveragePrice> closed = averager.close(EpochNanos.toInstant(time));
        List<String> expected = reference.close(EpochNanos.toInstant(time));
        assertThat(closed.stream().map(AverageReference::describe)).isEqualTo(expected);
    }
}
