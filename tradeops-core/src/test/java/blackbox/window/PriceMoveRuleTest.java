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
import org.junit.jupiter.params.provider.ValueSource;

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
        PriceMoveRule rule = new PriceMoveRule(direction, threshold, window);

        assertThat(rule.notation()).isEqualTo(expected);
        assertThat(PriceMoveRule.parse(expected)).isEqualTo(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "up",
                "up>2%",
                "up>2/60s",
                "up>2%/60",
                "up>2%/60m",
                "UP>2%/60s",
                " up>2%/60s",
                "up>2%/60s ",
                "up<2%/60s",
                "up>-2%/60s",
                "up>2e1%/60s",
                "up>.5%/60s",
                "up>5.%/60s",
                "up>2%/1.5s",
                "up>2%/-1s",
                "both>2%/60s",
                "up>2%/1000000000s",
                "up>12345678901%/60s",
                "up>0.000000001%/60s",
                "up>٢%/60s"
            })
    void rejectsOtherNotations(String notation) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceMoveRule.parse(notation))
                .withMessage("a rule must look like up>2%/60s or down>0.5%/250ms: " + notation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up>2%/0s", "up>2%/604801s", "up>2%/604800001ms", "up>2%/999999999s"})
    void parsingRejectsAWindowOutOfRange(String notation) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceMoveRule.parse(notation))
                .withMessageStartingWith("window must be more than 0 and at most 7 days: ");
    }

    @ParameterizedTest
    @CsvSource({"2, 0.5", "0, 0", "1, 0.25", "0.00000001, 0", "0.00000003, 0", "0.00000007, 0.00000001", "100, 25"})
    void hysteresisIsAQuarterOfTheThresholdByDefault(BigDecimal threshold, BigDecimal expected) {
        assertThat(new PriceMoveRule(Direction.UP, threshold, Duration.ofSeconds(1)).hysteresisPercent())
                .isEqualTo(expected);
    }

    @Test
    void hysteresisIsNotPartOfTheNotation() {
        PriceMoveRule rule = PriceMoveRule.riseOfTwoPercentInOneMinute();
        PriceMoveRule changed = rule.withHysteresis(new BigDecimal("2.00"));

        assertThat(changed.hysteresisPercent()).isEqualTo(BigDecimal.valueOf(2));
        assertThat(changed.notation()).isEqualTo(rule.notation());
        assertThat(changed).isNotEqualTo(rule);
        assertThat(rule.withHysteresis(BigDecimal.ZERO)
                        .withCooldown(Duration.ofSeconds(1))
                        .hysteresisPercent())
                .isEqualTo(BigDecimal.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        "-0.1, hysteresisPercent must not be negative: -0.1",
        "2.00000001, hysteresisPercent must be at most the threshold of 2: 2.00000001",
        "0.000000001, hysteresisPercent has more than 8 decimals: 1E-9"
    })
    void rejectsAHysteresisOutOfRange(BigDecimal hysteresis, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceMoveRule.riseOfTwoPercentInOneMinute().withHysteresis(hysteresis))
                .withMessage(message);
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
