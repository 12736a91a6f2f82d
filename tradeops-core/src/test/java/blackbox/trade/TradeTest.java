package blackbox.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Side;
import io.tradeops.core.trade.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TradeTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void givesPriceAndQuantityAsDecimals() {
        Trade trade = new Trade("AAPL", 18_712_000_000L, 1, Side.BUY, NOON, "");

        assertThat(trade.price()).isEqualByComparingTo("187.12");
        assertThat(trade.quantity()).isEqualByComparingTo("0.00000001");
    }

    @Test
    void rejectsAnInvalidTicker() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Trade("A B", 1, 1, Side.BUY, NOON, ""))
                .withMessageContaining("A B");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, FixedDecimal.MAX_UNITS + 1})
    void rejectsAmountsOutOfRange(long units) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Trade("A", units, 1, Side.BUY, NOON, ""))
                .withMessageContaining("price must")
                .withMessageContaining(Long.toString(units));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Trade("A", 1, units, Side.BUY, NOON, ""))
                .withMessageContaining("quantity must");
    }

    @Test
    void acceptsTheLargestAmounts() {
        Trade trade = new Trade("A", FixedDecimal.MAX_UNITS, FixedDecimal.MAX_UNITS, Side.SELL, NOON, "x");

        assertThat(trade.price()).isEqualByComparingTo("9999999999.99999999");
    }

    @Test
    void isMadeOfDecimals() {
        Trade trade = Trade.of("AAPL", new BigDecimal("187.12"), new BigDecimal("0.5"), Side.BUY, NOON, "x");

        assertThat(trade).isEqualTo(new Trade("AAPL", 18_712_000_000L, 50_000_000L, Side.BUY, NOON, "x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trade.of("A", new BigDecimal("1e-9"), BigDecimal.ONE, Side.BUY, NOON, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59Z", "2262-04-12T00:00:00Z", "2026-11-20T12:00:00.0000001Z"})
    void rejectsTimesThatTheValidatorRejects(Instant time) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Trade("A", 1, 1, Side.BUY, time, ""));
    }

    @Test
    void rejectsTradeIdsThatTheValidatorRejects() {
        for (String tradeId : List.of("a\nb", "\u0000", "x".repeat(129), "\ud800")) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Trade("A", 1, 1, Side.BUY, NOON, tradeId));
        }
        assertThat(new Trade("A", 1, 1, Side.BUY, NOON, "x".repeat(128)).tradeId())
                .hasSize(128);
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void parsesTheWireNameOfEverySide(Side side) {
        assertThat(Side.ofWireName(side.wireName())).isEqualTo(side);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BUY", "Sell", "b", "unknown", " "})
    void rejectsOtherSides(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Side.ofWireName(text))
                .withMessage("side must be buy or sell: " + text);
    }
}
