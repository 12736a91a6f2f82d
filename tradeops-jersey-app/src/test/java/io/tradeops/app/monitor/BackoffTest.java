package io.tradeops.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void boundDoublesFromAQuarterOfASecondToThirtySeconds() {
        Backoff backoff = new Backoff(new Largest());

        for (long bound : new long[] {250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000}) {
            assertThat(backoff.nextMillis()).isEqualTo(bound);
        }
        backoff.reset();
        assertThat(backoff.nextMillis()).isEqualTo(250);
    }

    @Test
    void delayIsSpreadOverTheWholeOfTheBound() {
        SplittableRandom random = new SplittableRandom(1);
        Backoff backoff = new Backoff(random);
        for (int i = 0; i < 10; i++) {
            backoff.nextMillis();
        }
        int count = 10_000;
        long sum = 0;
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < count; i++) {
            long delay = backoff.nextMillis();
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
        Backoff one = new Backoff(new SplittableRandom(7));
        Backoff other = new Backoff(new SplittableRandom(7));

        for (int i = 0; i < 20; i++) {
            assertThat(one.nextMillis()).isEqualTo(other.nextMillis());
        }
    }

    /** Always the largest number that is allowed. */
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
