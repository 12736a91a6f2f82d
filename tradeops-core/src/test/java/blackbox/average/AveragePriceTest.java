package blackbox.average;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.tradeops.core.average.AveragePrice;
import io.tradeops.core.average.PriceAverager;
import io.tradeops.core.average.TimeWindow;
import io.tradeops.core.average.TimeWindows;
import io.tradeops.core.trade.FixedDecimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AveragePriceTest {

    private static final Duration WIDTH = Duration.ofDays(1);
    private static final Instant END = Instant.parse("1970-01-02T00:00:00Z");

    @Test
    void mergedPartsEqualTheWholeInAnyOrder() {
        SplittableRandom random = new SplittableRandom(9);
        for (int run = 0; run < 2_000; run++) {
            List<long[]> ticks = randomTicks(random, 1 + random.nextInt(12));
            AveragePrice whole = average(ticks);
            List<AveragePrice> parts = new ArrayList<>();
            for (int from = 0; from < ticks.size(); ) {
                int to = from + 1 + random.nextInt(ticks.size() - from);
                parts.add(average(ticks.subList(from, to)));
                from = to;
            }
            while (parts.size() > 1) {
                AveragePrice one = parts.remove(random.nextInt(parts.size()));
                AveragePrice other = parts.remove(random.nextInt(parts.size()));
                assertThat(one.merge(other)).isEqualTo(other.merge(one));
                parts.add(one.merge(other));
            }
            assertThat(parts.get(0)).isEqualTo(whole);
        }
    }

    @Test
    void mergeIsAssociative() {
        SplittableRandom random = new SplittableRandom(10);
        for (int run = 0; run < 2_000; run++) {
            AveragePrice a = average(randomTicks(random, 3));
            AveragePrice b = average(randomTicks(random, 2));
            AveragePrice c = average(randomTicks(random, 1));
            assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
        }
    }

    @Test
    void mergeRejectsAnotherWindow() {
        AveragePrice one = average(List.of(new long[] {1, 1, 1, 1}));
        AveragePrice other = averageIn(Duration.ofDays(2), List.of(new long[] {1, 1, 1, 1}));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> one.merge(other))
                .withMessageContaining("windows must be the same");
    }

    @Test
    void rolledUpMinutesEqualFiveMinutes() {
        SplittableRandom random = new SplittableRandom(11);
        PriceAverager minutes = new PriceAverager(TimeWindows.of(Duration.ofMinutes(1)), 10_000, WIDTH);
        PriceAverager fives = new PriceAverager(TimeWindows.of(Duration.ofMinutes(5)), 10_000, WIDTH);
        for (int i = 0; i < 5_000; i++) {
            long time = random.nextLong(WIDTH.toNanos());
            long price = 1 + (random.nextLong(FixedDecimal.MAX_UNITS) >> random.nextInt(60));
            long quantity = random.nextInt(4) == 0 ? 0 : random.nextLong(FixedDecimal.MAX_UNITS);
            minutes.add(time, price, quantity, i);
            fives.add(time, price, quantity, i);
        }
        List<AveragePrice> parts = new ArrayList<>(minutes.close(END));
        List<AveragePrice> expected = fives.close(END);
        Collections.shuffle(parts, new Random(11));

        assertThat(expected).hasSizeGreaterThan(280);
        assertThat(AveragePrice.rollUp(parts, TimeWindows.of(Duration.ofMinutes(5))))
                .isEqualTo(expected);
        assertThat(AveragePrice.rollUp(expected, TimeWindows.of(WIDTH))).hasSize(1);
        assertThat(AveragePrice.rollUp(List.of(), TimeWindows.of(WIDTH))).isEmpty();
    }

    @Test
    void rollsHoursUpToDaysOfAZone() {
        TimeWindows days = TimeWindows.days(ZoneId.of("America/New_York"));
        PriceAverager hours = new PriceAverager(Duration.ofHours(1));
        Instant lastHour = Instant.parse("2026-03-09T03:59:59Z");
        hours.add(lastHour, BigDecimal.ONE, BigDecimal.ONE, 1);
        hours.add(lastHour.plusSeconds(1), BigDecimal.TEN, BigDecimal.ONE, 2);

        assertThat(AveragePrice.rollUp(hours.close(Instant.MAX), days))
                .extracting(average -> average.window().width(), AveragePrice::tickCount)
                .containsExactly(tuple(Duration.ofHours(23), 1L), tuple(Duration.ofHours(24), 1L));
    }

    @Test
    void rollUpRejectsAPartOfTwoWiderWindows() {
        AveragePrice part = averageIn(Duration.ofMinutes(7), List.of(new long[] {1, 1, 1, 1}));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AveragePrice.rollUp(List.of(part), TimeWindows.of(Duration.ofMinutes(5))))
                .withMessage("the window must lie in one of the wider windows: " + part.window());
    }

    @Test
    void withoutAQuantityThereIsNoVwap() {
        AveragePrice none = average(List.of(new long[] {1, 1, 3, 0}, new long[] {2, 2, 5, 0}));
        AveragePrice some = average(List.of(new long[] {3, 3, 7, 2}));

        assertThat(none.vwap()).isEmpty();
        assertThat(none.volume()).isZero();
        assertThat(none.averagePrice()).isEqualByComparingTo("0.00000004");
        assertThat(none.merge(some).vwap()).contains(new BigDecimal("0.00000007"));
        assertThat(none.merge(some).tickCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0; 30; 4; 40; 10; 10; 12; 8; tickCount must be at least 1: 0",
                "3; 23; 4; 40; 10; 10; 12; 8; priceSum must be 24 to 36: 23",
                "3; 37; 4; 40; 10; 10; 12; 8; priceSum must be 24 to 36: 37",
                "3; 30; -1; 40; 10; 10; 12; 8; quantitySum must be 0 to 2999999999999999997: -1",
                "3; 30; 4; 31; 10; 10; 12; 8; notionalSum must be 32 to 48: 31",
                "3; 30; 4; 49; 10; 10; 12; 8; notionalSum must be 32 to 48: 49",
                "3; 30; 0; 1; 10; 10; 12; 8; notionalSum must be 0 to 0: 1",
                "3; 30; 4; 40; 10; 10; 12; 0; lowUnits must be 1 to 999999999999999999: 0",
                "3; 30; 4; 40; 10; 10; 1000000000000000000; 8;"
                        + " highUnits must be 1 to 999999999999999999: 1000000000000000000",
                "3; 30; 4; 40; 7; 10; 12; 8; first must lie in the window, its price from low to high: 7",
                "3; 30; 4; 40; 10; 13; 12; 8; last must lie in the window, its price from low to high: 13"
            })
    void rejectsFiguresThatNoTicksHave(
            long count,
            long prices,
            long quantities,
            long notional,
            long open,
            long close,
            long high,
            long low,
            String message) {
        AveragePrice.Edge first = new AveragePrice.Edge(5, open, 0);
        AveragePrice.Edge last = new AveragePrice.Edge(6, close, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AveragePrice(
                        new TimeWindow(Instant.EPOCH, WIDTH),
                        count,
                        BigInteger.valueOf(prices),
                        BigInteger.valueOf(quantities),
                        BigInteger.valueOf(notional),
                        first,
                        last,
                        high,
                        low))
                .satisfies(error -> assertThat(error.getMessage().replaceAll("Edge.*priceUnits=(\\d+).*", "$1"))
                        .isEqualTo(message));
    }

    @Test
    void rejectsEdgesOutOfOrderOrOutOfTheWindow() {
        AveragePrice average = average(List.of(new long[] {1, 1, 1, 1}, new long[] {1, 2, 1, 1}));
        AveragePrice.Edge after = new AveragePrice.Edge(WIDTH.toNanos(), 1, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> withEdges(average, average.last(), average.first()))
                .withMessageStartingWith("last must not be before first");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withEdges(average, average.first(), after))
                .withMessageStartingWith("last must lie in the window");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AveragePrice.Edge(-1, 1, 0))
                .withMessageStartingWith("epochNanos must be 0 to");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AveragePrice.Edge(0, 0, 0))
                .withMessageStartingWith("priceUnits must be 1 to");
    }

    private static AveragePrice withEdges(AveragePrice average, AveragePrice.Edge first, AveragePrice.Edge last) {
        return new AveragePrice(
                average.window(),
                average.tickCount(),
                average.priceSum(),
                average.quantitySum(),
                average.notionalSum(),
                first,
                last,
                average.highUnits(),
                average.lowUnits());
    }

    /** Ticks at four different times, each with a different seq. */
    private static List<long[]> randomTicks(SplittableRandom random, int count) {
        List<long[]> ticks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long price = 1 + (random.nextLong(FixedDecimal.MAX_UNITS) >> random.nextInt(60));
            ticks.add(
                    new long[] {random.nextInt(4), random.nextLong(), price, random.nextLong(1, FixedDecimal.MAX_UNITS)
                    });
        }
        return ticks;
    }

    private static AveragePrice average(List<long[]> ticks) {
        return averageIn(WIDTH, ticks);
    }

    private static AveragePrice averageIn(Duration width, List<long[]> ticks) {
        PriceAverager averager = new PriceAverager(width);
        ticks.forEach(tick -> averager.add(tick[0], tick[2], tick[3], tick[1]));
        return averager.close(Instant.MAX).get(0);
    }
}
