package io.tradeops.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.feed.FeedMessage.Tick;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlowestTickerTest {

    private static final long START = 1_763_649_000;

    private final SlowestTicker slowest = new SlowestTicker(Duration.ofMinutes(2));

    @Test
    void newestTimeOfTheTickerThatIsFurthestBehindCounts() {
        add("A", 1_000);
        add("B", 400);
        add("A", 1_001);
        add("B", 402);
        add("B", 401); // late
        add("A", 1_003);

        assertThat(seconds()).isEqualTo(402);
    }

    @Test
    void tickerThatIsQuietIsForgottenAndComesBack() {
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
    void tickerThatIsFarAheadDoesNotHideTheOthers() {
        add("A", 10);
        add("AHEAD", 1_000_000);
        add("A", 20);
        add("A", 30);

        assertThat(seconds()).isBetween(10L, 30L);
    }

    private void add(String ticker, long second) {
        slowest.add(new Tick(1, ticker, 1, 1, TimeUnit.SECONDS.toNanos(START + second)));
    }

    private long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(slowest.epochNanos()) - START;
    }
}
