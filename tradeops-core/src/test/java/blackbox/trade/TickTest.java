package blackbox.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TickTest {

    @Test
    void acceptsTheSmallestComponents() {
        Tick tick = new Tick("A", 0, 1, 0, 0);

        assertThat(tick.epochNanos()).isZero();
        assertThat(tick.priceUnits()).isEqualTo(1);
        assertThat(tick.quantityUnits()).isZero();
        assertThat(tick.seq()).isZero();
    }

    @Test
    void isMadeOfAnInstantAndDecimals() {
        Instant time = Instant.parse("2026-11-20T14:30:00.5Z");
        Tick tick = Tick.of("AAPL", time, new BigDecimal("187.12"), new BigDecimal("0.5"), 7);

        assertThat(tick).isEqualTo(new Tick("AAPL", EpochNanos.of(time), 18_712_000_000L, 50_000_000L, 7));
        assertThat(tick.time()).isEqualTo(time);
        assertThat(tick.price()).isEqualByComparingTo("187.12");
        assertThat(tick.quantity()).isEqualByComparingTo("0.5");
    }

    @Test
    void acceptsTheLargestComponents() {
        Tick tick = new Tick(
                "X".repeat(32), EpochNanos.MAX, FixedDecimal.MAX_UNITS, FixedDecimal.MAX_UNITS, Long.MAX_VALUE);

        assertThat(tick.ticker()).hasSize(32);
        assertThat(tick.epochNanos()).isEqualTo(9_223_372_035_999_999_999L);
        assertThat(tick.priceUnits()).isEqualTo(999_999_999_999_999_999L);
        assertThat(tick.quantityUnits()).isEqualTo(999_999_999_999_999_999L);
        assertThat(tick.seq()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A B", ".A", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456"})
    void rejectsAnInvalidTicker(String ticker) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tick(ticker, 0, 1, 0, 0))
                .withMessageStartingWith("ticker must match ")
                .withMessageEndingWith(": " + ticker);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1, 0, 0, epochNanos must be 0 to 9223372035999999999: -1",
        "9223372036000000000, 1, 0, 0, epochNanos must be 0 to 9223372035999999999: 9223372036000000000",
        "0, 0, 0, 0, priceUnits must be 1 to 999999999999999999: 0",
        "0, 1000000000000000000, 0, 0, priceUnits must be 1 to 999999999999999999: 1000000000000000000",
        "0, 1, -1, 0, quantityUnits must be 0 to 999999999999999999: -1",
        "0, 1, 1000000000000000000, 0, quantityUnits must be 0 to 999999999999999999: 1000000000000000000",
        "0, 1, 0, -1, seq must be 0 to 9223372036854775807: -1"
    })
    void rejectsComponentsOutOfRange(long epochNanos, long priceUnits, long quantityUnits, long seq, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tick("A", epochNanos, priceUnits, quantityUnits, seq))
                .withMessage(message);
    }
}
