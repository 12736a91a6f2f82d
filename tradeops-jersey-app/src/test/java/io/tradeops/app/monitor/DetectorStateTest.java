package io.tradeops.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.alert.Alert;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import io.tradeops.core.window.PriceMoveRule;
import io.tradeops.core.window.PriceMoveRule.Direction;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DetectorStateTest {

    private static final long START = EpochNanos.of(Instant.parse("2026-11-20T14:30:00Z"));
    private static final List<PriceMoveRule> RULES = List.of(
            PriceMoveRule.riseOfTwoPercentInOneMinute(),
            new PriceMoveRule(Direction.DOWN, BigDecimal.ONE, Duration.ofSeconds(20))
                    .withCooldown(Duration.ofSeconds(30)));

    private final SplittableRandom random = new SplittableRandom(20_261_126);

    @Test
    void stateThatIsWrittenAndReadRepeatedlyGivesTheSameAlerts() {
        DetectorState original = new DetectorState(RULES);
        DetectorState copy = new DetectorState(RULES);
        List<Alert> expected = new ArrayList<>();
        List<Alert> found = new ArrayList<>();
        for (int seq = 1; seq <= 50_000; seq++) {
            Tick tick = tick(seq);
            expected.addAll(original.onTick(tick));
            found.addAll(copy.onTick(tick));
            if (random.nextInt(200) == 0) {
                copy = writeAndRead(copy);
                assertThat(copy.slowestNanos()).isEqualTo(original.slowestNanos());
                assertThat(copy.newestNanos()).isEqualTo(original.newestNanos());
                assertThat(copy.notEvaluated()).isEqualTo(original.notEvaluated());
            }
        }

        assertThat(expected).hasSizeGreaterThan(100);
        assertThat(found).isEqualTo(expected);
        assertThat(original.notEvaluated()).isPositive();
    }

    @Test
    void stateOfOtherRulesIsNotRead() {
        ByteBuffer written = ByteBuffer.wrap(new DetectorState(RULES).write());

        assertThat(DetectorState.read(written, RULES.subList(0, 1))).isEmpty();
        assertThat(DetectorState.read(written, List.of(RULES.get(1), RULES.get(0))))
                .isEmpty();
    }

    @Test
    void truncatedStateIsNotRead() {
        DetectorState state = new DetectorState(RULES);
        state.onTick(tick(1));
        byte[] written = state.write();

        assertThat(DetectorState.read(ByteBuffer.wrap(written), RULES)).isPresent();
        for (int length = 0; length < written.length; length++) {
            assertThat(DetectorState.read(ByteBuffer.wrap(written, 0, length).slice(), RULES))
                    .as("%d bytes", length)
                    .isEmpty();
        }
    }

    private static DetectorState writeAndRead(DetectorState state) {
        return DetectorState.read(ByteBuffer.wrap(state.write()), RULES).orElseThrow();
    }

    /** A tick of a random ticker. Some ticks are late, and some of these are later than allowed. */
    private Tick tick(int seq) {
        String ticker = "T" + random.nextInt(8);
        long price = (9_800 + random.nextInt(250)) * (FixedDecimal.ONE / 100);
        long lateMillis = random.nextInt(20) == 0 ? random.nextInt(8_000) : 0;
        long time = START + seq * 500_000_000L - lateMillis * 1_000_000L;
        return new Tick(ticker, time, price, FixedDecimal.ONE, seq);
    }
}
