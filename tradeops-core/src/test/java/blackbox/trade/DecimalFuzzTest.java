package blackbox.trade;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tradeops.core.trade.FixedDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Checks that the decimal parser agrees with the reference on any bytes. Ordinary test runs use the stored inputs. To
 * search for new ones:
 *
 * <pre>{@code JAZZER_FUZZ=1 ./mvnw test -pl tradeops-core -Dtest=DecimalFuzzTest}</pre>
 */
class DecimalFuzzTest {

    /** The reference bounds exponents, so texts must be shorter than its bound. */
    private static final int MAX_LENGTH = 4_096;

    @FuzzTest(maxDuration = "60s")
    void agreesWithTheReference(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, MAX_LENGTH), StandardCharsets.ISO_8859_1);
        long expected = DecimalReference.units(text);

        assertThat(FixedDecimal.tryParse(text)).as(text).isEqualTo(expected);
        assertThat(FixedDecimal.tryParse(bytes, 0, text.length())).as(text).isEqualTo(expected);
    }
}
