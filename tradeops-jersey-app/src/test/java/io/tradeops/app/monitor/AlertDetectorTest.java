package io.tradeops.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.alert.Alert;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import io.tradeops.core.window.PriceMoveRule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertDetectorTest {

    private static final Instant START = Instant.parse("2026-11-20T14:30:00Z");
    private static final PriceMoveRule RISE = PriceMoveRule.riseOfTwoPercentInOneMinute();
    private static final PriceMoveRule FALL =
            new PriceMoveRule(PriceMoveRule.Direction.DOWN, BigDecimal.ONE, Duration.ofSeconds(10));

    private long seq;

    @Test
    void tickersAreEvaluatedSeparately() {
        AlertDetector detector = new AlertDetector(List.of(RISE));

        assertThat(detector.onTick(tick("AAPL", "100", 0))).isEmpty();
        assertThat(detector.onTick(tick("MSFT", "103", 1))).isEmpty();
        assertThat(detector.onTick(tick("AAPL", "102.0134", 2))).singleElement().satisfies(alert -> {
            assertThat(alert.ticker()).isEqualTo("AAPL");
            assertThat(alert.rule()).isEqualTo("up>2%/60s");
            assertThat(alert.changePercent()).isEqualTo("2.0134");
            assertThat(alert.reference()).isEqualTo(new Alert.Point(new BigDecimal("100.00000000"), START, 1));
            assertThat(alert.trigger())
                    .isEqualTo(new Alert.Point(new BigDecimal("102.01340000"), START.plusSeconds(2), 3));
        });
        assertThat(detector.onTick(tick("MSFT", "105.0600", 3))).isEmpty();
        assertThat(detector.onTick(tick("MSFT", "105.0601", 4))).hasSize(1);
    }

    @Test
    void rulesAreEvaluatedSeparately() {
        AlertDetector detector = new AlertDetector(List.of(RISE, FALL));
        detector.onTick(tick("AAPL", "100", 0));

        assertThat(detector.onTick(tick("AAPL", "103", 1)).stream().map(Alert::rule))
                .containsExactly("up>2%/60s");
        assertThat(detector.onTick(tick("AAPL", "101", 2)).stream().map(Alert::rule))
                .containsExactly("down>1%/10s");
    }

    @Test
    void idsOfAlertsDoNotDependOnSequenceNumbers() {
        List<Alert> first = alertsOfRise();
        List<Alert> again = alertsOfRise();

        assertThat(first).hasSize(1);
        assertThat(again).hasSize(1);
        assertThat(again.get(0).id()).isEqualTo(first.get(0).id());
        assertThat(again.get(0).trigger().seq())
                .isNotEqualTo(first.get(0).trigger().seq());
    }

    private List<Alert> alertsOfRise() {
        AlertDetector detector = new AlertDetector(List.of(RISE));
        detector.onTick(tick("AAPL", "100", 0));
        return detector.onTick(tick("AAPL", "103", 1));
    }

    private Tick tick(String ticker, String price, int seconds) {
        return new Tick(
                ticker, EpochNanos.of(START.plusSeconds(seconds)), FixedDecimal.parse(price), FixedDecimal.ONE, ++seq);
    }
}
