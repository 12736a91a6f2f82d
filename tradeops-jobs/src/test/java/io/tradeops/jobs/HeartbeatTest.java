package io.tradeops.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private final Heartbeat<String> heartbeat = new Heartbeat<>(seconds(100));

    @Test
    void isStaleAfterHalfAMinuteWithoutAChange() {
        assertThat(heartbeat.isStale(Optional.of("a"), seconds(101))).isFalse();
        assertThat(heartbeat.isStale(Optional.of("a"), seconds(131))).isFalse();
        assertThat(heartbeat.isStale(Optional.of("a"), seconds(132))).isTrue();
        assertThat(heartbeat.isStale(Optional.of("b"), seconds(133))).isFalse();
    }

    @Test
    void serverThatIsNotInTheDatabaseIsStaleAfterHalfAMinute() {
        assertThat(heartbeat.isStale(Optional.empty(), seconds(130))).isFalse();
        assertThat(heartbeat.isStale(Optional.empty(), seconds(131))).isTrue();
    }

    @Test
    void timeOfAnOutageDoesNotCount() {
        assertThat(heartbeat.isStale(Optional.of("a"), seconds(101))).isFalse();
        heartbeat.unknown(seconds(200));
        assertThat(heartbeat.isStale(Optional.of("a"), seconds(201))).isFalse();
        assertThat(heartbeat.isStale(Optional.of("a"), seconds(231))).isTrue();
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
