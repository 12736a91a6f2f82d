package blackbox.average;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.core.average.AveragePrice;
import io.tradeops.core.average.PriceAverager;
import io.tradeops.core.average.TimeWindow;
import io.tradeops.core.trade.FixedDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

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
        AveragePrice other = new AveragePrice(
                one.window().next(), 1, BigInteger.ONE, BigInteger.ONE, BigInteger.ONE, one.first(), one.last(), 1, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> one.merge(other))
                .withMessageContaining("windows must be the same");
    }

    @Test
    void rejectsATickCountOfZero() {
        AveragePrice.Edge edge = new AveragePrice.Edge(0, 1, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AveragePrice(
                        new TimeWindow(Instant.EPOCH, WIDTH),
                        0,
                        BigInteger.ONE,
                        BigInteger.ONE,
                        BigInteger.ONE,
                        edge,
                        edge,
                        1,
                        1))
                .withMessage("tickCount must be at least 1: 0");
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
        PriceAverager averager = new PriceAverager(WIDTH);
        ticks.forEach(tick -> averager.add(tick[0], tick[2], tick[3], tick[1]));
        return averager.close(END).get(0);
    }
}
