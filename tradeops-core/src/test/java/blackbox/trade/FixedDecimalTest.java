package blackbox.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import blackbox.RandomCases;
import io.tradeops.core.trade.FixedDecimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixedDecimalTest {

    private static final int RANDOM_CASES = RandomCases.of(1_000_000);

    @ParameterizedTest
    @CsvFileSource(resources = "/vectors/decimals/decimals.csv", useHeadersInDisplayName = true)
    void agreesWithTheVectors(String given, String expected) {
        String text = given == null ? "" : given;

        assertThat(outcome(FixedDecimal.tryParse(text))).isEqualTo(expected);
        assertThat(outcome(parseBuffer(text))).isEqualTo(expected);
        assertThat(outcome(parseBytes(text))).isEqualTo(expected);
        assertThat(outcome(DecimalReference.units(text))).isEqualTo(expected);
    }

    @Test
    void agreesWithTheReferenceOnRandomTexts() {
        DecimalTexts texts = new DecimalTexts(1);
        for (int i = 0; i < RANDOM_CASES; i++) {
            String text = texts.next();
            long expected = DecimalReference.units(text);
            boolean agrees = FixedDecimal.tryParse(text) == expected
                    && parseBuffer(text) == expected
                    && parseBytes(text) == expected;
            assertThat(agrees).as(text).isTrue();
        }
    }

    @Test
    void agreesWithTheReferenceOnEveryCharacterAtEveryPosition() {
        for (String text :
                List.of("7", "0.5", "1234", "12.3456", "12345678", "187.12345", "9999.12345678", "9999999999.99999")) {
            for (int at = 0; at < text.length(); at++) {
                for (int c = 0; c < 0x3100; c++) {
                    String changed = text.substring(0, at) + (char) c + text.substring(at + 1);
                    long expected = DecimalReference.units(changed);
                    boolean agrees = FixedDecimal.tryParse(changed) == expected && parseBytes(changed) == expected;
                    assertThat(agrees).as(changed).isTrue();
                }
            }
        }
    }

    @Test
    void parsesARangeOfBytes() {
        byte[] line = "AAPL,187.12,100".getBytes(StandardCharsets.US_ASCII);

        assertThat(FixedDecimal.tryParse(line, 5, 11)).isEqualTo(18_712_000_000L);
        assertThat(FixedDecimal.tryParse(line, 12, 15)).isEqualTo(100 * FixedDecimal.ONE);
        assertThat(FixedDecimal.tryParse(line, 4, 4)).isEqualTo(FixedDecimal.NOT_A_NUMBER);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> FixedDecimal.tryParse(line, 12, 16));
    }

    @Test
    void parsesWhatItFormats() {
        DecimalTexts texts = new DecimalTexts(2);
        for (int i = 0; i < RandomCases.of(50_000); i++) {
            long units = FixedDecimal.tryParse(texts.next());
            if (!FixedDecimal.isError(units)) {
                assertThat(FixedDecimal.parse(FixedDecimal.toString(units))).isEqualTo(units);
                assertThat(FixedDecimal.of(FixedDecimal.toBigDecimal(units))).isEqualTo(units);
            }
        }
    }

    @Test
    void parsesAnyCharSequence() {
        assertThat(FixedDecimal.parse(new StringBuilder("21.781").reverse())).isEqualTo(18_712_000_000L);
    }

    @Test
    void parsesLongTextsFast() {
        String ones = "1".repeat(1_000_000);

        assertThat(FixedDecimal.tryParse(ones)).isEqualTo(FixedDecimal.TOO_LARGE);
        assertThat(FixedDecimal.tryParse("0." + ones)).isEqualTo(FixedDecimal.TOO_MANY_DECIMALS);
        assertThat(FixedDecimal.tryParse("0".repeat(1_000_000) + "1")).isEqualTo(FixedDecimal.ONE);
        assertThat(FixedDecimal.tryParse("1e" + "0".repeat(1_000_000) + "1")).isEqualTo(10 * FixedDecimal.ONE);
    }

    @ParameterizedTest
    @CsvSource({
        "abc,not a decimal number: abc",
        "1.123456789,more than 8 decimals: 1.123456789",
        "10000000000,more than 10 integer digits: 10000000000"
    })
    void errorNamesTheReason(String text, String message) {
        assertThatExceptionOfType(NumberFormatException.class)
                .isThrownBy(() -> FixedDecimal.parse(text))
                .withMessage(message);
    }

    @Test
    void errorQuotesTheFirstCharactersOfALongText() {
        assertThatExceptionOfType(NumberFormatException.class)
                .isThrownBy(() -> FixedDecimal.parse("x".repeat(1000)))
                .withMessage("not a decimal number: " + "x".repeat(64) + "…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.00", "1", "1.50000000000", "-9999999999.99999999", "1e9", "10E-9", "0e99999"})
    void convertsABigDecimalExactly(String text) {
        assertThat(FixedDecimal.of(new BigDecimal(text))).isEqualTo(DecimalReference.units(text));
    }

    @ParameterizedTest
    @CsvSource({
        "1e10, more than 10 integer digits",
        "1e1000000000, more than 10 integer digits",
        "-10000000000, more than 10 integer digits",
        "1e-9, more than 8 decimals",
        "1e-1000000000, more than 8 decimals",
        "1.123456789, more than 8 decimals"
    })
    void rejectsABigDecimalOutOfRange(String text, String message) {
        assertThatExceptionOfType(NumberFormatException.class)
                .isThrownBy(() -> FixedDecimal.of(new BigDecimal(text)))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 0.00000001",
        "100000000, 1",
        "1000000000, 10",
        "18712000000, 187.12",
        "-18712000000, -187.12",
        "999999999999999999, 9999999999.99999999"
    })
    void formatsPlainDecimalsWithoutTrailingZeros(long units, String expected) {
        assertThat(FixedDecimal.toString(units)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.000, 0", "1E+3, 1000", "-1.50, -1.5", "0E-20, 0"})
    void formatsAnyBigDecimalInPlainNotation(BigDecimal value, String expected) {
        assertThat(FixedDecimal.toPlainString(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"10, 3, 0, 3.33333333", "15, 10, 8, 0.00000002", "25, 10, 8, 0.00000002", "-15, 10, 8, -0.00000002"})
    void dividesHalfEven(BigInteger numerator, BigInteger denominator, int scale, BigDecimal expected) {
        assertThat(FixedDecimal.divide(numerator, denominator, scale)).isEqualTo(expected);
    }

    private static long parseBuffer(String text) {
        return FixedDecimal.tryParse(CharBuffer.wrap(text));
    }

    /** Parses the text between other digits, which must not change the result. */
    private static long parseBytes(String text) {
        byte[] bytes = ("12" + text + "34").getBytes(StandardCharsets.UTF_8);
        return FixedDecimal.tryParse(bytes, 2, bytes.length - 2);
    }

    static String outcome(long units) {
        if (units == FixedDecimal.NOT_A_NUMBER) {
            return "not_a_number";
        }
        if (units == FixedDecimal.TOO_LARGE) {
            return "too_large";
        }
        return units == FixedDecimal.TOO_MANY_DECIMALS ? "too_many_decimals" : FixedDecimal.toString(units);
    }
}
