package io.tradeops.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.core.trade.Tick;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlowestTickerTest {

    private static final long START = 1_763_649_000;

    private final SlowestTicker slowest = new SlowestTicker(Duration.ofMinutes(2));

    @Test
    void timeIsTheNewestOfTheTickerThatIsFurthestBehind() {
        add("A", 1_000);
        add("B", 400);
        add("A", 1_001);
        add("B", 402);
        add("B", 401); // late
        add("A", 1_003);

        assertThat(seconds()).isEqualTo(402);
    }

    @Test
    void quietTickerIsRemovedAndAddedAgain() {
        add("A", 0);
        add("B", 0);
        add("A", 120);
        assertThat(seconds()).isZero();
        add("A", 121);
        assertThat(seconds()).isEqualTo(121);
        add("B", 30);
        assertThat(seconds()).isEqualTo(30);
    }

    @Test
    void timeFarAheadIsIgnoredAfterSomeTicks() {
        add("A", 10);
        add("AHEAD", 1_000_000);
        addMany("A", 20, 30);

        assertThat(seconds()).isEqualTo(30);
    }

    @Test
    void quietTickerIsRemovedAfterATimeFarAhead() {
        add("AHEAD", 1_000_000);
        add("QUIET", 0);
        addMany("A", 0, 119);
        assertThat(seconds()).isZero();
        addMany("A", 120, 240);

        assertThat(seconds()).isEqualTo(240);
    }

    @Test
    void tickerThatTicksRarelyIsNotRemovedBecauseOfATimeFarAhead() {
        add("AHEAD", 1_000_000);
        add("BEHIND", -3_600);
        addMany("A", 0, 60);
        add("BEHIND", -3_540);
        addMany("A", 60, 120);

        assertThat(seconds()).isEqualTo(-3_540);
    }

    /** Adds ticks for some generations, so that only their times count, spread over some seconds. */
    private void addMany(String ticker, long from, long to) {
        int count = 3 * SlowestTicker.GENERATION;
        for (int i = 1; i <= count; i++) {
            add(ticker, from + (to - from) * i / count);
        }
    }

    private void add(String ticker, long second) {
        slowest.add(new Tick(ticker, TimeUnit.SECONDS.toNanos(START + second), 1, 1, 1));
    }

    private long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(slowest.epochNanos()) - START;
    }
}
