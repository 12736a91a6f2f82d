package io.tradeops.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MonitorProgressTest {

    private static final Instant NOW = Instant.parse("2026-11-20T14:30:00Z");

    private final MonitorProgress progress = new MonitorProgress(() -> NOW);

    @Test
    void lagIsTheAgeOfTheNewestStoredTickWhileTicksWait() {
        store(-30, -10, -20);
        assertThat(progress.secondsBehind()).isZero();
        progress.connection().received();

        assertThat(progress.secondsBehind()).isEqualTo(10);
        progress.connection().processed(1);
        assertThat(progress.secondsBehind()).isZero();
    }

    @Test
    void tickFromTheFutureDoesNotHideTheLag() {
        store(-30, -10);
        progress.connection().received();
        store(-9, Duration.ofDays(300).toSeconds());
        assertThat(progress.secondsBehind()).isEqualTo(9);
        store(Duration.ofDays(300).toSeconds());
        assertThat(progress.secondsBehind()).isEqualTo(9);
    }

    @Test
    void restoredTickFromTheFutureDoesNotHideTheLag() {
        progress.restored(
                tick(Duration.ofDays(300).toSeconds()).epochNanos(), tick(-10).epochNanos());
        progress.connection().received();

        assertThat(progress.secondsBehind()).isEqualTo(10);
    }

    @Test
    void lagIsThatOfTheLastBatchIfTimesGoBack() {
        store(-10);
        store(-60);
        progress.connection().received();

        assertThat(progress.secondsBehind()).isEqualTo(60);
    }

    @Test
    void lateTicksOfAnEndedConnectionDoNotWait() {
        store(-10);
        ConnectionTicks ended = progress.newConnection();
        ended.received();
        progress.newConnection();
        ended.received();

        assertThat(progress.secondsBehind()).isZero();
    }

    private void store(long... seconds) {
        progress.stored(
                Arrays.stream(seconds).mapToObj(MonitorProgressTest::tick).toList());
    }

    private static Tick tick(long second) {
        return new Tick("A", EpochNanos.of(NOW.plusSeconds(second)), 1, 1, 1);
    }
}
