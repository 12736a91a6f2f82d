package blackbox.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.window.PriceMove;
import io.tradeops.core.window.PriceMove.Tick;
import io.tradeops.core.window.PriceMoveDetector;
import io.tradeops.core.window.PriceMoveRule;
import io.tradeops.core.window.PriceMoveRule.Direction;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PriceMoveDetectorTest {

    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @CsvSource({"UP, 2, 60, 400", "DOWN, 2, 60, 400", "UP, 0.5, 5, 30", "UP, 0, 1, 3", "DOWN, 0.05, 60, 10"})
    void agreesWithTheReferenceOnRandomWalks(Direction direction, BigDecimal threshold, int seconds, int volatility) {
        PriceMoveRule rule = new PriceMoveRule(direction, threshold, Duration.ofSeconds(seconds));
        int moves = 0;
        for (int seed = 0; seed < 20; seed++) {
            moves += assertAgrees(rule, new RandomTicks(seed, volatility), 2_000);
        }
        assertThat(moves).isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void agreesWithTheReferenceOnPricesOfTheWholeRange(Direction direction) {
        SplittableRandom random = new SplittableRandom(7);
        for (int run = 0; run < 500; run++) {
            BigDecimal threshold =
                    FixedDecimal.toBigDecimal(random.nextLong(FixedDecimal.MAX_UNITS) >> random.nextInt(60));
            PriceMoveRule rule = new PriceMoveRule(direction, threshold, Duration.ofMillis(random.nextInt(1, 20)));
            PriceMoveDetector detector = new PriceMoveDetector(rule);
            PriceMoveReference reference = new PriceMoveReference(rule);
            long time = random.nextLong(1_000_000);
            for (int seq = 0; seq < 100; seq++) {
                time += random.nextInt(3) * 1_000_000L;
                Tick tick = new Tick(time, 1 + (random.nextLong(FixedDecimal.MAX_UNITS) >> random.nextInt(60)), seq);
                assertThat(onTick(detector, tick)).isEqualTo(reference.onTick(tick));
            }
        }
    }

    @Test
    void saysRuleReferenceAndTrigger() {
        PriceMoveRule rule = PriceMoveRule.riseOfTwoPercentInOneMinute();
        PriceMoveDetector detector = new PriceMoveDetector(rule);
        Tick reference = new Tick(SECOND, FixedDecimal.parse("100"), 1);
        Tick trigger = new Tick(31 * SECOND, FixedDecimal.parse("102.0134"), 57);

        assertThat(onTick(detector, reference)).isEmpty();
        assertThat(onTick(detector, trigger)).contains(new PriceMove(rule, reference, trigger));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1, epochNanos must not be negative: -1",
        "0, 0, priceUnits must be 1 to 999999999999999999: 0",
        "0, -5, priceUnits must be 1 to 999999999999999999: -5",
        "0, 1000000000000000000, priceUnits must be 1 to 999999999999999999: 1000000000000000000"
    })
    void refusesWhatIsOutOfRangeAndGoesOn(long epochNanos, long priceUnits, String message) {
        PriceMoveDetector detector = new PriceMoveDetector(PriceMoveRule.riseOfTwoPercentInOneMinute());
        detector.onTick(0, 100, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> detector.onTick(epochNanos, priceUnits, 1))
                .withMessage(message);
        assertThat(detector.onTick(1, 103, 2)).isPresent();
    }

    private static int assertAgrees(PriceMoveRule rule, RandomTicks ticks, int count) {
        PriceMoveDetector detector = new PriceMoveDetector(rule);
        PriceMoveReference reference = new PriceMoveReference(rule);
        int moves = 0;
        for (int i = 0; i < count; i++) {
            Tick tick = ticks.next();
            Optional<PriceMove> expected = reference.onTick(tick);
            Optional<PriceMove> found = onTick(detector, tick);
            if (!found.equals(expected)) {
                assertThat(found).as(tick.toString()).isEqualTo(expected);
            }
            moves += expected.isPresent() ? 1 : 0;
        }
        return moves;
    }

    private static Optional<PriceMove> onTick(PriceMoveDetector detector, Tick tick) {
        return detector.onTick(tick.epochNanos(), tick.priceUnits(), tick.seq());
    }
}
