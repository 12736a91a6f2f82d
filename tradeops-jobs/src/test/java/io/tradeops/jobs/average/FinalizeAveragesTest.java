package io.tradeops.jobs.average;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.core.average.AveragePrice;
import io.tradeops.core.average.TimeWindow;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import io.tradeops.jobs.SettableClock;
import io.tradeops.jobs.tick.DropOldTicks;
import io.tradeops.jobs.tick.InMemoryTickHistory;
import io.tradeops.jobs.tick.OpenWindow;
import io.tradeops.jobs.tick.TickHistory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FinalizeAveragesTest {

    private static final TimeWindow WINDOW =
            new TimeWindow(Instant.parse("2026-11-20T14:30:00Z"), FinalizeAverages.WIDTH);

    private final InMemoryTickHistory ticks = new InMemoryTickHistory();
    private final InMemoryAverageStore averages = new InMemoryAverageStore();
    private final SettableClock clock =
            new SettableClock(WINDOW.end().plus(Duration.ofDays(2)).plus(FinalizeAverages.ALLOWED_LATENESS));
    private final FinalizeAverages job = new FinalizeAverages(ticks, averages, clock);

    @Test
    void windowWaitsTwoSecondsForTicksOutOfOrder() {
        tick("AAPL", WINDOW.start(), "100");

        clock.set(WINDOW.end().plusSeconds(2).minusNanos(1_000));
        run();
        assertThat(averages.size()).isZero();

        clock.set(WINDOW.end().plusSeconds(2));
        run();
        assertThat(average("AAPL", WINDOW).tickCount()).isEqualTo(1);
    }

    @Test
    void averageIsTheSumOfThePricesOverTheirNumber() {
        SplittableRandom random = new SplittableRandom(7);
        BigDecimal sum = BigDecimal.ZERO;
        int count = 1_000;
        for (int i = 0; i < count; i++) {
            long units = random.nextLong(1, FixedDecimal.MAX_UNITS);
            sum = sum.add(FixedDecimal.toBigDecimal(units));
            ticks.add("AAPL", WINDOW.start().plusMillis(random.nextInt(300_000)), units, FixedDecimal.ONE, i);
        }
        run();

        AveragePrice average = average("AAPL", WINDOW);
        assertThat(average.averagePrice()).isEqualTo(sum.divide(BigDecimal.valueOf(count), 8, RoundingMode.HALF_EVEN));
        assertThat(average.vwap()).contains(average.averagePrice());
        assertThat(average.tickCount()).isEqualTo(count);
    }

    @Test
    void everyMissingWindowOfEveryTickerIsAveraged() {
        for (int i = 0; i < 200; i += 2) {
            Instant time = WINDOW.start().plus(FinalizeAverages.WIDTH.multipliedBy(i));
            tick("AAPL", time, "100");
            tick("MSFT", time.plusSeconds(299), "200");
        }
        run();

        assertThat(averages.size()).isEqualTo(200);
        assertThat(average("MSFT", WINDOW).close()).isEqualByComparingTo("200");
        assertThat(averages.find("AAPL", WINDOW.next())).isEmpty();
        assertThat(ticks.openWindows(FinalizeAverages.WIDTH, clock.instant(), 1))
                .isEmpty();
    }

    @Test
    void oneRunAveragesMoreWindowsThanABatch() {
        int tickers = 10_001;
        for (int i = 0; i < tickers; i++) {
            tick("T" + i, WINDOW.start(), "1");
        }
        run();

        assertThat(averages.size()).isEqualTo(tickers);
    }

    @Test
    void runningAgainChangesNothing() {
        tick("AAPL", WINDOW.start(), "100");
        run();
        Optional<InMemoryAverageStore.Revised> first = averages.find("AAPL", WINDOW);
        run();

        assertThat(averages.find("AAPL", WINDOW)).isEqualTo(first);
        assertThat(first.orElseThrow().revision()).isEqualTo(1);
    }

    @Test
    void lateTickRevisesItsWindowOnly() {
        tick("AAPL", WINDOW.start(), "100");
        tick("AAPL", WINDOW.end(), "300");
        tick("MSFT", WINDOW.start(), "300");
        run();
        tick("AAPL", WINDOW.start().plusSeconds(1), "101");
        run();

        InMemoryAverageStore.Revised revised = averages.find("AAPL", WINDOW).orElseThrow();
        assertThat(revised.revision()).isEqualTo(2);
        assertThat(revised.average().averagePrice()).isEqualByComparingTo("100.5");
        assertThat(averages.find("AAPL", WINDOW.next()).orElseThrow().revision())
                .isEqualTo(1);
        assertThat(averages.find("MSFT", WINDOW).orElseThrow().revision()).isEqualTo(1);
    }

    @Test
    void tickStoredDuringARunIsInTheNextRun() {
        tick("AAPL", WINDOW.start(), "100");
        TickHistory storingDuringTheRun = new TickHistory() {
            @Override
            public List<OpenWindow> openWindows(Duration width, Instant endedBy, int limit) {
                return ticks.openWindows(width, endedBy, limit);
            }

            @Override
            public void forEachTick(TimeWindow window, Collection<String> tickers, Consumer<Tick> consumer) {
                ticks.forEachTick(window, tickers, consumer);
                tick("AAPL", WINDOW.start().plusSeconds(1), "101");
            }

            @Override
            public void settle(Collection<OpenWindow> windows) {
                ticks.settle(windows);
            }

            @Override
            public void dropBefore(Instant oldest) {
                ticks.dropBefore(oldest);
            }
        };
        new FinalizeAverages(storingDuringTheRun, averages, clock).run(new FinalizeAverages.Request());
        assertThat(average("AAPL", WINDOW).tickCount()).isEqualTo(1);

        run();
        assertThat(average("AAPL", WINDOW).tickCount()).isEqualTo(2);
    }

    @Test
    void windowWhoseTicksWereDroppedKeepsItsAverageAndIsSettled() {
        tick("AAPL", WINDOW.start(), "100");
        run();
        tick("AAPL", WINDOW.start().plusSeconds(1), "101");
        tick("MSFT", WINDOW.start().plusSeconds(1), "101");
        new DropOldTicks(ticks, Duration.ofDays(1), clock).run(new DropOldTicks.Request());
        run();

        assertThat(averages.find("AAPL", WINDOW).orElseThrow().revision()).isEqualTo(1);
        assertThat(averages.find("MSFT", WINDOW)).isEmpty();
        assertThat(ticks.openWindows(FinalizeAverages.WIDTH, clock.instant(), 1))
                .isEmpty();
    }

    private void run() {
        job.run(new FinalizeAverages.Request());
    }

    private void tick(String ticker, Instant time, String price) {
        ticks.add(ticker, time, FixedDecimal.parse(price), FixedDecimal.ONE, time.getEpochSecond());
    }

    private AveragePrice average(String ticker, TimeWindow window) {
        return averages.find(ticker, window).orElseThrow().average();
    }
}
