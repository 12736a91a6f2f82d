package io.tradeops.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration LONG_AGO = Duration.ofMinutes(1);

    @Test
    void attemptsStartASecondApartWithAnyJitter() {
        Backoff backoff = new Backoff(new Largest(), Backoff.Limits.DEFAULT);

        assertThat(backoff.next(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.next(Duration.ofMillis(400))).isEqualTo(Duration.ofMillis(600));
        assertThat(backoff.next(Duration.ofMillis(999))).isEqualTo(Duration.ofSeconds(1)); // the bound itself
        assertThat(backoff.next(Duration.ofMillis(400))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void boundDoublesFromAQuarterOfASecondToThirtySeconds() {
        Backoff backoff = new Backoff(new Largest(), Backoff.Limits.DEFAULT);

        for (long bound : new long[] {250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000}) {
            assertThat(backoff.next(LONG_AGO).toMillis()).isEqualTo(bound);
        }
        backoff.reset();
        assertThat(backoff.next(LONG_AGO).toMillis()).isEqualTo(250);
    }

    @Test
    void delaysAreSpreadUpToTheBound() {
        SplittableRandom random = new SplittableRandom(1);
        Backoff backoff = new Backoff(random, Backoff.Limits.DEFAULT);
        for (int i = 0; i < 10; i++) {
            backoff.next(LONG_AGO);
        }
        int count = 10_000;
        long sum = 0;
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < count; i++) {
            long delay = backoff.next(LONG_AGO).toMillis();
            sum += delay;
            least = Math.min(least, delay);
            most = Math.max(most, delay);
        }

        assertThat(least).isBetween(0L, 100L);
        assertThat(most).isBetween(29_900L, 30_000L);
        assertThat(sum / count).isBetween(14_500L, 15_500L);
    }

    @Test
    void sameSeedGivesTheSameDelays() {
        Backoff one = new Backoff(new SplittableRandom(7), Backoff.Limits.DEFAULT);
        Backoff other = new Backoff(new SplittableRandom(7), Backoff.Limits.DEFAULT);

        for (int i = 0; i < 20; i++) {
            assertThat(one.next(LONG_AGO)).isEqualTo(other.next(LONG_AGO));
        }
    }

    /** Returns the largest allowed number. */
    private static final class Largest implements RandomGenerator {

        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    }
}
