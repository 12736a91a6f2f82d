package blackbox.trade;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import blackbox.RandomCases;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Side;
import io.tradeops.core.trade.Trade;
import io.tradeops.core.trade.TradeBytes;
import io.tradeops.core.trade.TradeValidator;
import io.tradeops.core.trade.ValidationResult;
import io.tradeops.core.trade.Violation;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class TradeValidatorTest {

    private static final Instant NOW = Instant.parse("2026-11-20T15:00:00Z");
    private static final int RANDOM_CASES = RandomCases.of(100_000);

    @ParameterizedTest
    @CsvFileSource(resources = "/vectors/validation/trades.csv", numLinesToSkip = 1)
    void agreesWithTheVectors(ArgumentsAccessor row) {
        RawTrade trade = new RawTrade(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5));
        String result = requireNonNull(row.getString(6));
        List<String> expected = result.equals("valid") ? List.of() : List.of(result.split(" ", -1));

        assertThat(codes(validate(trade))).isEqualTo(expected);
        assertThat(codes(validateBytes(trade))).isEqualTo(expected);
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
            if (isUnicode(trade.tradeId()) && !validateBytes(trade).equals(validate(trade))) {
                assertThat(validateBytes(trade)).as(trade.toString()).isEqualTo(validate(trade));
            }
            assertCheckAgrees(trade, expected);
        }
    }

    @Test
    void createsTheTrade() {
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
    void usesNowInMicrosecondsAsTheDefaultTimestamp() {
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
    void violationsNameFieldAndValue() {
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
    void quotesUpToSixtyFourCharacters() {
        assertThat(TradeValidator.create().validate("A", "x".repeat(64), "y".repeat(65), null, null, null, NOW))
                .extracting(Violation::detail)
                .containsExactly(
                        "price is not a decimal number: '" + "x".repeat(64) + "'",
                        "quantity is not a decimal number: '" + "y".repeat(64) + "…'");
    }

    @Test
    void acceptsTimestampsUpToMaxAhead() {
        TradeValidator strict = TradeValidator.create(Duration.ZERO);

        assertThat(strict.validate("A", "1", "1", null, "2026-11-20T15:00:00Z", null, NOW))
                .isEmpty();
        assertThat(strict.validate("A", "1", "1", null, "2026-11-20T15:00:00.000001Z", null, NOW))
                .extracting(Violation::code)
                .containsExactly("out_of_range");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T15:00:00.200001Z, PT0.5S, 2026-11-20T15:00:00.700001Z, 2026-11-20T15:00:00.700002Z",
        "2026-11-20T15:00:00.700001Z, PT0.5S, 2026-11-20T15:00:01.200001Z, 2026-11-20T15:00:01.200002Z",
        "2026-11-20T15:00:00.700001Z, PT2.5S, 2026-11-20T15:00:03.200001Z, 2026-11-20T15:00:03.200002Z",
        "2026-11-20T15:00:00.700001Z, PT1S, 2026-11-20T15:00:01.700001Z, 2026-11-20T15:00:01.700002Z",
        "2026-11-20T15:00:00.999999999Z, PT0.000000001S, 2026-11-20T15:00:01Z, 2026-11-20T15:00:01.000001Z"
    })
    void comparesMaxAheadToTheMicrosecond(Instant now, Duration maxAhead, String last, String tooFar) {
        TradeValidator validator = TradeValidator.create(maxAhead);

        assertThat(validator.validate("A", "1", "1", null, last, null, now)).isEmpty();
        assertThat(codes(validator.validate("A", "1", "1", null, tooFar, null, now)))
                .containsExactly("timestamp:out_of_range");
    }

    @Test
    void acceptsAnyNowAndAnyMaxAhead() {
        assertThat(TradeValidator.create().validate("A", "1", "1", null, "2026-11-20T15:00:00Z", null, Instant.MAX))
                .isEmpty();
        assertThat(TradeValidator.create(Duration.ofSeconds(Long.MAX_VALUE))
                        .validate("A", "1", "1", null, "2200-01-01T00:00:00Z", null, NOW))
                .isEmpty();
        assertThat(TradeValidator.create().validate("A", "1", "1", null, "1970-01-01T00:00:00Z", null, Instant.MIN))
                .hasSize(1);
    }

    @Test
    void rejectsANegativeMaxAhead() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TradeValidator.create(Duration.ofSeconds(-1)))
                .withMessageContaining("PT-1S");
    }

    @Test
    void checksBytesByTheRulesOfText() {
        byte[] line = "AAPL,187.12,100,buy,2026-11-20T14:30:00Z,ü".getBytes(StandardCharsets.UTF_8);
        TradeBytes trade = new TradeBytes()
                .ticker(line, 0, 4)
                .price(line, 5, 11)
                .quantity(line, 12, 15)
                .side(line, 16, 19)
                .timestamp(line, 20, 40)
                .tradeId(line, 41, 43);

        assertThat(TradeValidator.create().check(trade, NOW))
                .isEqualTo(
                        TradeValidator.create().check("AAPL", "187.12", "100", "buy", "2026-11-20T14:30:00Z", "ü", NOW))
                .isInstanceOf(ValidationResult.Valid.class);
        assertThat(codes(TradeValidator.create().validate(trade.clear(), NOW)))
                .containsExactly("ticker:required", "price:required", "quantity:required");
    }

    @Test
    void rejectsBytesThatAreNotUtf8() {
        byte[] line = {'A', '1', (byte) 0xC3, (byte) 0x28};
        TradeBytes trade = new TradeBytes().ticker(line, 0, 1).price(line, 1, 2).quantity(line, 1, 2);

        assertThat(TradeValidator.create().validate(trade, NOW)).isEmpty();
        assertThat(codes(TradeValidator.create().validate(trade.tradeId(line, 2, 4), NOW)))
                .containsExactly("trade_id:invalid_trade_id");
        assertThat(codes(TradeValidator.create()
                        .validate(trade.ticker(line, 0, 3).price(line, 1, 3), NOW)))
                .containsExactly("ticker:invalid_ticker", "price:not_a_number", "trade_id:invalid_trade_id");
    }

    @Test
    void rejectsARangeOutsideTheBytes() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> new TradeBytes().price(new byte[3], 1, 4));
    }

    @ParameterizedTest
    @CsvSource({
        "1.50, 2, 2026-11-20T15:05:00Z, ''",
        "0.00000001, 9999999999.99999999, 2026-11-20T15:05:00Z, ''",
        "9999999999.999999990, 0.000000010, , ''",
        "0.000000001, 0, , price:too_many_decimals quantity:not_positive",
        "-1e10, 1e-2147483647, , price:too_large quantity:too_many_decimals",
        "1e2147483647, 9999999999.999999999, , price:too_large quantity:too_many_decimals",
        "1e9, 1.000000000, 1970-01-01T00:00:00Z, ''",
        "9999999999.99999999, 0.00000001, , ''",
        "0, -1, 2026-11-20T15:05:00.000001Z, price:not_positive quantity:not_positive timestamp:out_of_range",
        "1e10, 1e-9, 1969-12-31T23:59:59.999999Z, price:too_large quantity:too_many_decimals timestamp:out_of_range",
        "1e1000000000, 1e-1000000000, 2262-04-11T23:47:16Z, price:too_large quantity:too_many_decimals timestamp:out_of_range",
        "10000000000.0, 1.000000001, 2026-11-20T14:00:00.000000001Z, price:too_large quantity:too_many_decimals timestamp:timestamp_too_precise",
        ", , , price:required quantity:required"
    })
    void checksValuesByTheRulesOfText(BigDecimal price, BigDecimal quantity, Instant timestamp, String expected) {
        ValidationResult result =
                TradeValidator.create().checkValues("A", price, quantity, Side.SELL, timestamp, "x", NOW);

        assertThat(result).isNotNull();
        if (result instanceof ValidationResult.Valid valid) {
            assertThat(expected).isEmpty();
            assertThat(valid.trade().price()).isEqualByComparingTo(price);
            assertThat(valid.trade().quantity()).isEqualByComparingTo(quantity);
            assertThat(valid.trade().timestamp()).isEqualTo(timestamp == null ? NOW : timestamp);
            assertThat(valid.trade().side()).isEqualTo(Side.SELL);
            assertThat(valid.trade().tradeId()).isEqualTo("x");
        } else if (result instanceof ValidationResult.Invalid invalid) {
            assertThat(String.join(" ", codes(invalid.violations()))).isEqualTo(expected);
        }
    }

    @Test
    void checksTickerAndTradeIdOfValues() {
        BigDecimal one = BigDecimal.ONE;

        assertThat(codes(TradeValidator.create().validateValues(null, one, one, null, "", NOW)))
                .containsExactly("ticker:required", "trade_id:invalid_trade_id");
        assertThat(codes(TradeValidator.create().validateValues("*", one, one, null, null, NOW)))
                .containsExactly("ticker:invalid_ticker");
        assertThat(TradeValidator.create().checkValues("A", one, one, null, null, null, NOW))
                .isEqualTo(TradeValidator.create().check("A", "1", "1", null, null, null, NOW));
    }

    private static List<Violation> validateBytes(RawTrade trade) {
        TradeBytes bytes = new TradeBytes();
        setField(trade.ticker(), bytes::ticker);
        setField(trade.price(), bytes::price);
        setField(trade.quantity(), bytes::quantity);
        setField(trade.side(), bytes::side);
        setField(trade.timestamp(), bytes::timestamp);
        setField(trade.tradeId(), bytes::tradeId);
        return TradeValidator.create().validate(bytes, NOW);
    }

    /** UTF-8 cannot encode an unpaired surrogate. */
    private static boolean isUnicode(@Nullable String text) {
        return text == null || StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static void setField(@Nullable String text, RangeConsumer field) {
        if (text != null) {
            byte[] bytes = ("1" + text + "2").getBytes(StandardCharsets.UTF_8);
            field.accept(bytes, 1, bytes.length - 1);
        }
    }

    private interface RangeConsumer {
        Object accept(byte[] bytes, int from, int to);
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
        assertThat(result).as(trade.toString()).isNotNull();
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
