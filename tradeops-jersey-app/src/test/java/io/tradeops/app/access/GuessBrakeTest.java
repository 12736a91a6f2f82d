package io.tradeops.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waits after wrong keys and passwords. */
class GuessBrakeTest {

    private static final String ADDRESS = "192.0.2.1";

    private long now = Long.MAX_VALUE - 1_000_000_000L; // passes the overflow
    private final GuessBrake brake = new GuessBrake(() -> now);

    @Test
    void tenWrongAttemptsAreCompared() {
        wrong(9);
        assertThat(brake.waitOf(ADDRESS, "")).isZero();

        wrong(1);
        assertThat(brake.waitOf(ADDRESS, "")).isEqualTo(Duration.ofSeconds(5));
        assertThat(brake.waitOf("192.0.2.2", "")).isZero();
    }

    @Test
    void waitEnds() {
        wrong(10);
        pass(Duration.ofMillis(4_500));
        assertThat(brake.waitOf(ADDRESS, "")).isEqualTo(Duration.ofSeconds(1));

        pass(Duration.ofMillis(500));
        assertThat(brake.waitOf(ADDRESS, "")).isZero();
    }

    @Test
    void waitDoublesUpToAQuarterOfAnHour() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            wrong(10);
            Duration wait = brake.waitOf(ADDRESS, "");
            waits.add(wait.toSeconds());
            pass(wait);
        }

        assertThat(waits).containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 320L, 640L, 900L, 900L);
    }

    @Test
    void hourWithoutAWrongAttemptForgetsThem() {
        wrong(19);
        pass(Duration.ofHours(1).plusNanos(1));
        wrong(9);
        assertThat(brake.waitOf(ADDRESS, "")).isZero();

        wrong(1);
        assertThat(brake.waitOf(ADDRESS, "")).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void callerThatWasAcceptedIsNotHeldUpByOthersAtItsAddress() {
        brake.onRight(ADDRESS, "reader");
        wrong(10);
        assertThat(brake.waitOf(ADDRESS, "reader")).isZero();
        assertThat(brake.waitOf(ADDRESS, "other")).isPositive();

        brake.onWrong(ADDRESS, "reader");
        assertThat(brake.waitOf(ADDRESS, "reader")).isPositive();
    }

    @Test
    void retainsABoundedNumberOfAddresses() {
        for (int i = 0; i < 20_000; i++) {
            brake.onWrong("address " + i, "");
        }

        assertThat(brake.addresses()).isEqualTo(10_000);
    }

    private void wrong(int count) {
        for (int i = 0; i < count; i++) {
            brake.onWrong(ADDRESS, "");
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
