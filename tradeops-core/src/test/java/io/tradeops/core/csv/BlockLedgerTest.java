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
    void givesTheFirstLineOnceEarlierBlocksAreComplete() throws IOException {
        assertThat(ledger.awaitFirstLine(0)).isEqualTo(2);

        ledger.complete(1, 10);
        ledger.complete(2, 100);
        ledger.complete(0, 5);

        assertThat(ledger.awaitFirstLine(3)).isEqualTo(117);
        assertThat(ledger.isStopped()).isFalse();
        assertThat(ledger.failure()).isNull();
    }

    @Test
    void waitingEndsWhenStopped() throws IOException {
        ledger.stop();

        assertThat(ledger.awaitFirstLine(7)).isNegative();
        assertThat(ledger.isStopped()).isTrue();
        assertThat(ledger.failure()).isNull();
    }

    @Test
    void keepsTheFirstFailure() throws IOException {
        IOException first = new IOException("first");
        ledger.fail(first);
        ledger.fail(new IOException("second"));

        assertThat(ledger.failure()).isSameAs(first);
        assertThat(ledger.awaitFirstLine(1)).isNegative();
    }

    @Test
    void waitingEndsWhenInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> ledger.awaitFirstLine(1))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("the analysis was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
