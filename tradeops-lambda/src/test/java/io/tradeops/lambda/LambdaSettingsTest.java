package io.tradeops.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LambdaSettingsTest {

    @Test
    void hasDefaultsForAllButTheBucket() {
        assertThat(LambdaSettings.from(Map.of("TRADEOPS_BUCKET", "trades")))
                .isEqualTo(new LambdaSettings("trades", "", new BigDecimal("0.01")));
    }

    @Test
    void readsEveryVariable() {
        assertThat(LambdaSettings.from(Map.of(
                        "TRADEOPS_BUCKET", "trades",
                        "TRADEOPS_KEY_PREFIX", "venue/x",
                        "TRADEOPS_MAX_REJECT_RATIO", "0.25")))
                .isEqualTo(new LambdaSettings("trades", "venue/x/", new BigDecimal("0.25")));
    }

    @Test
    void rejectsAMissingBucket() {
        assertThatIllegalStateException()
                .isThrownBy(() -> LambdaSettings.from(Map.of("TRADEOPS_BUCKET", " ")))
                .withMessageStartingWith("TRADEOPS_BUCKET is not set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.01", "-0.1", "1e-2", "NaN", "1 %", "0,01", "1e1000000000"})
    void rejectsAnInvalidRatio(String text) {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        LambdaSettings.from(Map.of("TRADEOPS_BUCKET", "trades", "TRADEOPS_MAX_REJECT_RATIO", text)))
                .withMessage("TRADEOPS_MAX_REJECT_RATIO must be a decimal from 0 to 1: " + text);
    }
}
