package io.tradeops.core.trade;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that the fast path reads every plain decimal. The slow path would read it as well, so no other test would
 * notice if the fast path did not.
 */
class PlainDecimalTest {

    private static final int TEXTS_PER_SHAPE = 20;

    @Test
    void readsEveryNumberOfIntegerDigitsAndDecimals() {
        SplittableRandom random = new SplittableRandom(8);
        for (int integers = 0; integers <= FixedDecimal.MAX_INTEGER_DIGITS; integers++) {
            for (int decimals = 0; decimals <= FixedDecimal.SCALE; decimals++) {
                for (int i = 0; i < TEXTS_PER_SHAPE && integers + decimals > 0; i++) {
                    assertReads(digits(random, integers) + "." + digits(random, decimals));
                }
            }
        }
    }

    @Test
    void readsEveryNumberOfDigitsWithoutAPoint() {
        SplittableRandom random = new SplittableRandom(9);
        for (int integers = 1; integers <= FixedDecimal.MAX_INTEGER_DIGITS; integers++) {
            for (int i = 0; i < TEXTS_PER_SHAPE; i++) {
                assertReads(digits(random, integers));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000000", "00000000000.", "00000000001.5", "99999999999.99999999",
                "0.000000000", ".000000000", "1.123456780", "9999999999.000000000",
                "0000000000.00000000 ", "000000000000000000000000000000"
            })
    void doesNotReadMoreDigitsThanAnAmountHas(String text) {
        assertNotPlain(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "1..",
                "1.2.3",
                "..12",
                "12345.7.",
                "1.345.789",
                "123456789..",
                "12345678.0.23456",
                "-1",
                "+1",
                "1e5",
                "12e4567",
                "1234567e9",
                "1.234567e-8"
            })
    void doesNotReadOtherForms(String text) {
        assertNotPlain(text);
    }

    @Test
    void doesNotReadAnyOtherCharacterAtAnyPosition() {
        for (String text : new String[] {"7", "123", "1234", "12.45", "12345678", "187.12345", "1234567890.12345"}) {
            for (int at = 0; at < text.length(); at++) {
                for (char c = 0; c < 128; c++) {
                    if (c != '.' && (c < '0' || c > '9')) {
                        assertNotPlain(text.substring(0, at) + c + text.substring(at + 1));
                    }
                }
            }
        }
    }

    private static void assertReads(String text) {
        long expected = new BigDecimal(text).movePointRight(FixedDecimal.SCALE).longValueExact();

        assertThat(PlainDecimal.tryParse(text)).as(text).isEqualTo(expected);
        assertThat(ofBytes(text)).as("bytes of %s", text).isEqualTo(expected);
    }

    private static void assertNotPlain(String text) {
        assertThat(PlainDecimal.tryParse(text)).as(text).isEqualTo(PlainDecimal.NOT_PLAIN);
        assertThat(ofBytes(text)).as("bytes of %s", text).isEqualTo(PlainDecimal.NOT_PLAIN);
    }

    /** Parses the text between other digits, which must not change the result. */
    private static long ofBytes(String text) {
        byte[] bytes = ("98.7" + text + "6.54").getBytes(StandardCharsets.US_ASCII);
        return PlainDecimal.tryParse(bytes, 4, bytes.length - 4);
    }

    private static String digits(SplittableRandom random, int count) {
        StringBuilder text = new StringBuilder();
        while (text.length() < count) {
            text.append(random.nextInt(10));
        }
        return text.toString();
    }
}
