package io.tradeops.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommandBudgetTest {

    private static final long NOW = Long.MAX_VALUE - 5;

    @Test
    void burstIsGivenAndThenTwentyASecond() {
        CommandBudget budget = new CommandBudget(3, NOW);

        assertThat(IntStream.range(0, 5).filter(i -> budget.take(NOW)).count()).isEqualTo(3);
        assertThat(budget.take(NOW + TimeUnit.MILLISECONDS.toNanos(49))).isFalse();
        assertThat(budget.take(NOW + TimeUnit.MILLISECONDS.toNanos(50))).isTrue();
        assertThat(budget.take(NOW + TimeUnit.MILLISECONDS.toNanos(50))).isFalse();
    }

    @Test
    void restSavesUpOneBurstAtMost() {
        CommandBudget budget = new CommandBudget(3, 0);
        long later = TimeUnit.HOURS.toNanos(1);

        assertThat(IntStream.range(0, 5).filter(i -> budget.take(later)).count())
                .isEqualTo(3);
    }
}
