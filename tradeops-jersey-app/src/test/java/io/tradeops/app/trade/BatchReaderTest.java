package io.tradeops.app.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.app.rest.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BatchReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-20T14:30:00Z");
    private static final String TRADE = "{\"ticker\":\"A\",\"price\":1,\"quantity\":1}";

    @Test
    void linesAreBounded() {
        int blanks = 64 * 1024 - TRADE.length();

        assertThat(BatchReader.readLines(bytes(TRADE + "\n" + TRADE + " ".repeat(blanks) + "\n" + TRADE), NOW))
                .hasSize(3);
        assertTooLarge(
                () -> BatchReader.readLines(bytes(TRADE + "\n" + TRADE + " ".repeat(blanks + 1)), NOW),
                "line 2 must have at most 65536 bytes");
    }

    @Test
    void columnsAreBounded() {
        String rest = "\nA,1,1" + ",".repeat(997) + "\n";
        String names = ",\"a,\nb\"".repeat(997);

        assertThat(BatchReader.readCsv(bytes("ticker,price,quantity" + ",x".repeat(997) + rest), NOW))
                .hasSize(1);
        assertTooLarge(
                () -> BatchReader.readCsv(bytes("ticker,price,quantity" + ",x".repeat(998) + rest), NOW),
                "a CSV batch must have at most 1000 columns");
        assertTooLarge(
                () -> BatchReader.readCsv(bytes("ticker,price,quantity" + names + rest), NOW),
                "a CSV batch must have at most 1000 columns");
    }

    private static void assertTooLarge(ThrowingCallable read, String detail) {
        assertThatThrownBy(read).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.status()).isEqualTo(413);
            assertThat(e).hasMessage(detail);
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
