package blackbox.trade;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Side;
import io.tradeops.core.trade.Trade;
import io.tradeops.core.trade.TradeValidator;
import io.tradeops.core.trade.ValidationResult;
import io.tradeops.core.trade.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;

class TradeValidatorTest {

    private static final Instant NOW = Instant.parse("2026-11-20T15:00:00Z");
    private static final int RANDOM_CASES = 100_000;

    @ParameterizedTest
    @CsvFileSource(resources = "/vectors/validation/trades.csv", numLinesToSkip = 1)
    void judgesTheVectors(ArgumentsAccessor row) {
        RawTrade trade = new RawTrade(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5));
        String verdict = requireNonNull(row.getString(6));
        List<String> expected = verdict.equals("valid") ? List.of() : List.of(verdict.split(" ", -1));

        assertThat(codes(validate(trade))).isEqualTo(expected);
        assertThat(TradeReference.violations(trade, NOW)).isEqualTo(expected);
        assertCheckAgrees(trade, expected);
    }

    @Test
    void agreesWithTheReferenceOnRandomTrades() {
        RawTrades trades = new RawTrades(6, NOW);
        for (int i = 0; i < RANDOM_CASES; i++) {
            RawTrade trade = trades.next();
            List<String> expected = TradeReference.violations(trade, NOW);
            if (!codes(validate(trade)).equals(expected)) {
                assertThat(codes(validate(trade))).as(trade.toString()).isEqualTo(expected);
            }
            assertCheckAgrees(trade, expected);
        }
    }

    @Test
    void makesTheTradeOfWhatWasGiven() {
        ValidationResult result = TradeValidator.create()
                .check("AAPL", "187.1234", "1e2", "sell", "2026-11-20T15:30:00.123456+01:00", "ext-42", NOW);

        assertThat(result)
                .isEqualTo(new ValidationResult.Valid(new Trade(
                        "AAPL",
                        18_712_340_000L,
                        100 * FixedDecimal.ONE,
                        Side.SELL,
                        Instant.parse("2026-11-20T14:30:00.123456Z"),
                        "ext-42")));
    }

    @Test
    void takesNowInMicrosecondsForATimestampThatIsMissing() {
        Instant now = Instant.parse("2026-11-20T15:00:00.123456789Z");

        ValidationResult result = TradeValidator.create().check("AAPL", "1", "1", null, null, null, now);

        assertThat(result)
                .isEqualTo(new ValidationResult.Valid(new Trade(
                        "AAPL",
                        FixedDecimal.ONE,
                        FixedDecimal.ONE,
                        Side.UNKNOWN,
                        Instant.parse("2026-11-20T15:00:00.123456Z"),
                        "")));
    }

    @Test
    void namesFieldAndValue() {
        List<Violation> violations = TradeValidator.create().validate("A B", "-1", "1e-9", "hold", "noon", "x", NOW);

        assertThat(violations)
                .extracting(Violation::detail)
                .satisfiesExactly(
                        detail ->
                                assertThat(detail).contains("ticker must match").endsWith("'A B'"),
                        detail -> assertThat(detail).isEqualTo("price must be greater than 0: '-1'"),
                        detail -> assertThat(detail).isEqualTo("quantity has more than 8 decimals: '1e-9'"),
                        detail -> assertThat(detail).isEqualTo("side must be buy or sell: 'hold'"),
                        detail -> assertThat(detail).contains("RFC 3339").endsWith("'noon'"));
    }

    @Test
    void shortensLongValues() {
        List<Violation> violations =
                TradeValidator.create().validate("x".repeat(10_000), "1", "1", null, null, "y".repeat(10_000), NOW);

        assertThat(violations)
                .hasSize(2)
                .allSatisfy(violation -> assertThat(violation.detail()).hasSizeLessThan(200));
    }

    @Test
    void letsTheTimestampLieAsFarAheadAsItIsTold() {
        TradeValidator strict = TradeValidator.create(Duration.ZERO);

        assertThat(strict.validate("A", "1", "1", null, "2026-11-20T15:00:00Z", null, NOW))
                .isEmpty();
        assertThat(strict.validate("A", "1", "1", null, "2026-11-20T15:00:00.000001Z", null, NOW))
                .extracting(Violation::code)
                .containsExactly("out_of_range");
    }

    @Test
    void takesAnyNowAndAnyLeeway() {
        assertThat(TradeValidator.create().validate("A", "1", "1", null, "2026-11-20T15:00:00Z", null, Instant.MAX))
                .isEmpty();
        assertThat(TradeValidator.create(Duration.ofSeconds(Long.MAX_VALUE))
                        .validate("A", "1", "1", null, "2200-01-01T00:00:00Z", null, NOW))
                .isEmpty();
        assertThat(TradeValidator.create().validate("A", "1", "1", null, "1970-01-01T00:00:00Z", null, Instant.MIN))
                .hasSize(1);
    }

    @Test
    void refusesANegativeLeeway() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TradeValidator.create(Duration.ofSeconds(-1)))
                .withMessageContaining("PT-1S");
    }

    private static void assertCheckAgrees(RawTrade trade, List<String> expected) {
        ValidationResult result = TradeValidator.create()
                .check(
                        trade.ticker(),
                        trade.price(),
                        trade.quantity(),
                        trade.side(),
                        trade.timestamp(),
                        trade.tradeId(),
                        NOW);
        if (result instanceof ValidationResult.Invalid invalid) {
            assertThat(codes(invalid.violations())).isEqualTo(expected).isNotEmpty();
        } else if (result instanceof ValidationResult.Valid valid) {
            assertThat(expected).isEmpty();
            assertThat(valid.trade().priceUnits()).isEqualTo(DecimalReference.units(String.valueOf(trade.price())));
            assertThat(valid.trade().quantityUnits())
                    .isEqualTo(DecimalReference.units(String.valueOf(trade.quantity())));
            assertThat(EpochNanos.of(valid.trade().timestamp()))
                    .isEqualTo(
                            trade.timestamp() == null
                                    ? EpochNanos.of(NOW)
                                    : TimestampReference.nanos(trade.timestamp()));
        }
    }

    private static List<Violation> validate(RawTrade trade) {
        return TradeValidator.create()
                .validate(
                        trade.ticker(),
                        trade.price(),
                        trade.quantity(),
                        trade.side(),
                        trade.timestamp(),
                        trade.tradeId(),
                        NOW);
    }

    private static List<String> codes(List<Violation> violations) {
        List<String> codes = new ArrayList<>();
        violations.forEach(violation -> codes.add(violation.field() + ":" + violation.code()));
        return codes;
    }
}
