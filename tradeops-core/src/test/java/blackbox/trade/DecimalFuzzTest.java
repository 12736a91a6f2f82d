package blackbox.trade;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tradeops.core.trade.FixedDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Whatever the bytes, the decimal parser agrees with the reference. Runs over its kept corpus among the ordinary tests; with
 * {@code JAZZER_FUZZ=1 ./mvnw test -pl tradeops-core -Dtest=DecimalFuzzTest} it looks for more.
 */
class DecimalFuzzTest {

    /** The reference bounds exponents by the longest text that it is given. */
    private static final int LONGEST = 4_096;

    @FuzzTest(maxDuration = "60s")
    void agreesWithTheReference(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, LONGEST), StandardCharsets.ISO_8859_1);
        long expected = DecimalReference.units(text);

        assertThat(FixedDecimal.tryParse(text)).as(text).isEqualTo(expected);
        assertThat(FixedDecimal.tryParse(bytes, 0, text.length())).as(text).isEqualTo(expected);
    }
}
