package blackbox.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.core.window.PriceMoveRule;
import io.tradeops.core.window.PriceMoveRule.Direction;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceMoveRuleTest {

    @ParameterizedTest
    @CsvSource({
        "UP, 2, PT60S, up>2%/60s",
        "UP, 2.00, PT1M, up>2%/60s",
        "DOWN, 0.50, PT0.25S, down>0.5%/250ms",
        "UP, 0, PT1.001S, up>0%/1001ms",
        "UP, 1E+2, P7D, up>100%/604800s",
        "DOWN, 9999999999.99999999, PT1S, down>9999999999.99999999%/1s"
    })
    void notationShowsDirectionThresholdAndWindow(
            Direction direction, BigDecimal threshold, Duration window, String expected) {
        assertThat(new PriceMoveRule(direction, threshold, window).notation()).isEqualTo(expected);
    }

    @Test
    void rulesWithEqualThresholdsAreEqual() {
        assertThat(new PriceMoveRule(Direction.UP, new BigDecimal("2.00"), Duration.ofSeconds(60)))
                .isEqualTo(PriceMoveRule.riseOfTwoPercentInOneMinute());
    }

    @Test
    void notationExcludesTheCooldown() {
        PriceMoveRule rule = PriceMoveRule.riseOfTwoPercentInOneMinute();

        assertThat(rule.cooldown()).isEqualTo(Duration.ZERO);
        assertThat(rule.withCooldown(Duration.ofDays(7)).notation()).isEqualTo(rule.notation());
        assertThat(rule.withCooldown(Duration.ofDays(7))).isNotEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({"PT-0.001S", "PT168H0.001S"})
    void rejectsACooldownOutOfRange(Duration cooldown) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceMoveRule.riseOfTwoPercentInOneMinute().withCooldown(cooldown))
                .withMessage("cooldown must be 0 to 7 days: " + cooldown);
    }

    @ParameterizedTest
    @CsvSource({
        "-0.00000001, PT1S, thresholdPercent must not be negative",
        "0.000000001, PT1S, thresholdPercent has more than 8 decimals",
        "10000000000, PT1S, thresholdPercent has more than 10 integer digits",
        "1e1000000000, PT1S, thresholdPercent has more than 10 integer digits",
        "2, PT0S, window must be more than 0 and at most 7 days",
        "2, PT-1S, window must be more than 0 and at most 7 days",
        "2, PT168H0.001S, window must be more than 0 and at most 7 days",
        "2, PT0.0005S, window must be whole milliseconds"
    })
    void rejectsArgumentsOutOfRange(BigDecimal threshold, Duration window, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PriceMoveRule(Direction.UP, threshold, window))
                .withMessageStartingWith(message + ": ");
    }
}
