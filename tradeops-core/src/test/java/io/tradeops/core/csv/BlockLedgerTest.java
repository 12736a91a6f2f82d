package io.tradeops.core.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BlockLedgerTest {

    private final BlockLedger ledger = new BlockLedger(2);

    @Test
    void saysTheFirstLineOfABlockWhenThoseBeforeItAreDone() throws IOException {
        assertThat(ledger.awaitTurn(0)).isEqualTo(2);

        ledger.done(1, 10);
        ledger.done(2, 100);
        ledger.done(0, 5);

        assertThat(ledger.awaitTurn(3)).isEqualTo(117);
        assertThat(ledger.isEnded()).isFalse();
        assertThat(ledger.failure()).isNull();
    }

    @Test
    void nobodyWaitsOnceItIsGivenUp() throws IOException {
        ledger.giveUp();

        assertThat(ledger.awaitTurn(7)).isNegative();
        assertThat(ledger.isEnded()).isTrue();
        assertThat(ledger.failure()).isNull();
    }

    @Test
    void keepsTheFirstFailure() throws IOException {
        IOException first = new IOException("first");
        ledger.fail(first);
        ledger.fail(new IOException("second"));

        assertThat(ledger.failure()).isSameAs(first);
        assertThat(ledger.awaitTurn(1)).isNegative();
    }

    @Test
    void waitingEndsWhenInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> ledger.awaitTurn(1))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("the analysis was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
