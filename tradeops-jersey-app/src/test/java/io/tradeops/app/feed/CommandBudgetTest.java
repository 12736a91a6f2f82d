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

        assertThat(IntStream.range(0, 5).filter(i -> budget.take(0, NOW)).count())
                .isEqualTo(3);
        assertThat(budget.take(0, NOW + TimeUnit.MILLISECONDS.toNanos(49))).isFalse();
        assertThat(budget.take(0, NOW + TimeUnit.MILLISECONDS.toNanos(50))).isTrue();
        assertThat(budget.take(0, NOW + TimeUnit.MILLISECONDS.toNanos(50))).isFalse();
    }

    @Test
    void largeCommandTakesTheTimeOfFourteenSmallOnes() {
        CommandBudget budget = new CommandBudget(14, NOW);

        assertThat(budget.take(65_536, NOW)).isFalse();
        assertThat(new CommandBudget(15, NOW).take(65_536, NOW)).isTrue();
    }

    @Test
    void answerTickersAndReplayAreChargedAfterTheCommand() {
        assertThat(secondsUntilTheNext(0, 0, 0)).isZero();
        assertThat(secondsUntilTheNext(35_000, 0, 0)).isEqualTo(0.35);
        assertThat(secondsUntilTheNext(0, 10_000, 0)).isEqualTo(0.05);
        assertThat(secondsUntilTheNext(0, 0, 50_000)).isEqualTo(4);
        assertThat(secondsUntilTheNext(0, 0, Long.MAX_VALUE)).isEqualTo(5.05);
    }

    /** The time until a command is accepted again, after a charge of a budget that has one command left. */
    private static double secondsUntilTheNext(int answerBytes, int tickers, long replayed) {
        long low = 0;
        long high = TimeUnit.SECONDS.toNanos(10);
        while (low < high) {
            long middle = (low + high) / 2;
            CommandBudget copy = new CommandBudget(100, NOW);
            for (int i = 0; i < 99; i++) {
                copy.take(0, NOW);
            }
            copy.charge(answerBytes, tickers, replayed, NOW);
            if (copy.take(0, NOW + middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low / 1e9;
    }

    @Test
    void restSavesUpOneBurstAtMost() {
        CommandBudget budget = new CommandBudget(3, 0);
        long later = TimeUnit.HOURS.toNanos(1);

        assertThat(IntStream.range(0, 5).filter(i -> budget.take(0, later)).count())
                .isEqualTo(3);
    }
}
