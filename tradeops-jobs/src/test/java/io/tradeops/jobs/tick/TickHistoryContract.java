package io.tradeops.jobs.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.core.average.TimeWindow;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.jobs.average.FinalizeAverages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of every {@link TickHistory}. The history is empty before each test. */
public abstract class TickHistoryContract {

    private static final Duration WIDTH = FinalizeAverages.WIDTH;
    private static final Instant START = Instant.parse("2026-11-20T14:30:00Z");
    private static final Instant END = START.plus(WIDTH);
    private static final int ALL = 1_000;

    /** A tick of the feed. */
    public record FeedTick(String ticker, Instant time, String price, String quantity, long seq) {}

    /** The history under test. */
    protected abstract TickHistory history();

    /** Stores ticks as one batch. */
    protected abstract void store(List<FeedTick> ticks);

    @Test
    void windowIsOpenFromItsEndOn() {
        store("AAPL", START, 1);

        assertThat(history().openWindows(WIDTH, END.minusNanos(1_000), ALL)).isEmpty();
        assertThat(history().openWindows(WIDTH, END, ALL)).singleElement().satisfies(open -> {
            assertThat(open.ticker()).isEqualTo("AAPL");
            assertThat(open.window()).isEqualTo(new TimeWindow(START, WIDTH));
        });
    }

    @Test
    void onlyWindowsWithTicksAreOpen() {
        store("AAPL", START, 1);
        store("AAPL", END.plus(WIDTH), 2);
        store("MSFT", END.minusNanos(1_000), 3);

        assertThat(describe(open()))
                .containsExactlyInAnyOrder("AAPL " + START, "AAPL " + END.plus(WIDTH), "MSFT " + START);
    }

    @Test
    void tickAtAWindowsEndIsInTheNext() {
        store("AAPL", END, 1);

        assertThat(describe(open())).containsExactly("AAPL " + END);
    }

    @Test
    void oldestWindowsComeFirstUpToTheLimit() {
        for (int i = 4; i >= 0; i--) {
            store("AAPL", START.plus(WIDTH.multipliedBy(i)), 5 - i);
        }

        assertThat(describe(history().openWindows(WIDTH, END.plus(WIDTH.multipliedBy(4)), 3)))
                .containsExactly("AAPL " + START, "AAPL " + END, "AAPL " + END.plus(WIDTH));
    }

    @Test
    void settledWindowsAreNoLongerOpen() {
        store("AAPL", START, 1);
        store("MSFT", START, 2);
        store("AAPL", END, 3);
        List<OpenWindow> first = history().openWindows(WIDTH, END, ALL).stream()
                .filter(open -> open.ticker().equals("AAPL"))
                .toList();

        history().settle(first);
        assertThat(describe(open())).containsExactly("MSFT " + START, "AAPL " + END);

        history().settle(first);
        assertThat(open()).hasSize(2);
    }

    @Test
    void tickBetweenReadingAndSettlingKeepsTheWindowOpen() {
        store("AAPL", START, 1);
        List<OpenWindow> read = open();
        store("AAPL", START.plusSeconds(1), 2);
        history().settle(read);

        assertThat(open()).singleElement().satisfies(open -> {
            assertThat(open.window()).isEqualTo(read.get(0).window());
            assertThat(open.version()).isGreaterThan(read.get(0).version());
        });
        history().settle(open());
        assertThat(open()).isEmpty();
    }

    @Test
    void lateTickReopensASettledWindow() {
        store("AAPL", START, 1);
        history().settle(open());
        store("AAPL", END.minusNanos(1_000), 2);

        assertThat(describe(open())).containsExactly("AAPL " + START);
        assertThat(ticks(START, "AAPL")).hasSize(2);
    }

    @Test
    void passesExactlyTheTicksOfTheWindowAndTheTickers() {
        store("AAPL", START.minusNanos(1_000), 1);
        store(List.of(tick("AAPL", START, 2), tick("MSFT", START, 3), tick("NVDA", START, 4)));
        store("AAPL", END.minusNanos(1_000), 5);
        store("AAPL", END, 6);

        assertThat(ticks(START, "AAPL", "NVDA"))
                .containsExactlyInAnyOrder(tick("AAPL", START, 2), tick("NVDA", START, 4), tick("AAPL", last(), 5));
        assertThat(ticks(START, "aapl")).isEmpty();
    }

    @Test
    void ticksOfTheSameTimeDifferBySequenceNumber() {
        store("AAPL", START, 1);
        store("AAPL", START, 2);

        assertThat(ticks(START, "AAPL")).containsExactlyInAnyOrder(tick("AAPL", START, 1), tick("AAPL", START, 2));
    }

    @Test
    void storesTheSmallestAndTheLargestNumbersExactly() {
        List<FeedTick> extremes = List.of(
                new FeedTick("BRK.B", START.plusNanos(1_000), "0.00000001", "9999999999.99999999", 1),
                new FeedTick("BRK.B", last(), "9999999999.99999999", "0.00000001", Long.MAX_VALUE));
        store(extremes);

        assertThat(ticks(START, "BRK.B")).containsExactlyInAnyOrderElementsOf(extremes);
    }

    @Test
    void dropsOlderDaysOnly() {
        Instant oldest = Instant.parse("2026-11-20T00:00:00Z");
        store("AAPL", oldest.minusNanos(1_000), 1);
        store("AAPL", oldest, 2);
        store("AAPL", START, 3);

        history().dropBefore(oldest.minus(Duration.ofDays(30)));
        assertThat(ticks(oldest.minus(WIDTH), "AAPL")).hasSize(1);

        history().dropBefore(oldest);
        assertThat(ticks(oldest.minus(WIDTH), "AAPL")).isEmpty();
        assertThat(ticks(oldest, "AAPL")).hasSize(1);
        assertThat(ticks(START, "AAPL")).hasSize(1);
    }

    @Test
    void ticksOfADroppedDayCanBeStoredAgain() {
        store("AAPL", START, 1);
        history().dropBefore(START.plus(Duration.ofDays(2)));
        store("AAPL", START.plusSeconds(1), 2);

        assertThat(ticks(START, "AAPL")).containsExactly(tick("AAPL", START.plusSeconds(1), 2));
    }

    private static Instant last() {
        return END.minusNanos(1_000);
    }

    private void store(String ticker, Instant time, long seq) {
        store(List.of(tick(ticker, time, seq)));
    }

    private static FeedTick tick(String ticker, Instant time, long seq) {
        return new FeedTick(ticker, time, "187.12", "100", seq);
    }

    private List<OpenWindow> open() {
        return history().openWindows(WIDTH, START.plus(Duration.ofDays(1)), ALL);
    }

    private static List<String> describe(List<OpenWindow> windows) {
        return windows.stream()
                .map(open -> open.ticker() + " " + open.window().start())
                .toList();
    }

    private List<FeedTick> ticks(Instant start, String... tickers) {
        List<FeedTick> ticks = new ArrayList<>();
        history()
                .forEachTick(
                        new TimeWindow(start, WIDTH),
                        List.of(tickers),
                        tick -> ticks.add(new FeedTick(
                                tick.ticker(),
                                EpochNanos.toInstant(tick.epochNanos()),
                                FixedDecimal.toString(tick.priceUnits()),
                                FixedDecimal.toString(tick.quantityUnits()),
                                tick.seq())));
        return ticks;
    }
}
