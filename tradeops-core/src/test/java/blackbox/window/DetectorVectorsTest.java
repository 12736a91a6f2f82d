package blackbox.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.window.PriceMove;
import io.tradeops.core.window.PriceMove.Point;
import io.tradeops.core.window.PriceMoveDetector;
import io.tradeops.core.window.PriceMoveRule;
import io.tradeops.core.window.PriceMoveRule.Direction;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the scenarios of {@code vectors/detector}. A scenario starts with a line {@code rule DIRECTION PERCENT WINDOW
 * COOLDOWN ALLOWED_LATENESS}, and at its end the hysteresis if it is not the default. Lines {@code tick SECONDS PRICE
 * EXPECTED} and {@code advance SECONDS} follow. EXPECTED is {@code -}, or the number of the reference tick (from 0), the
 * percentage, and the step if it is not 1.
 */
class DetectorVectorsTest {

    private static final Path FOLDER = Path.of("src/test/resources/vectors/detector");

    static Stream<String> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void findsTheMoves(String scenario) throws IOException {
        List<String[]> lines = Files.readAllLines(FOLDER.resolve(scenario)).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" ", -1))
                .toList();
        PriceMoveRule rule = rule(lines.get(0));
        Duration allowedLateness = Duration.parse(lines.get(0)[5]);
        PriceMoveDetector detector = new PriceMoveDetector(rule, allowedLateness);
        PriceMoveReference reference = new PriceMoveReference(rule, allowedLateness);
        int seq = 0;
        for (String[] line : lines.subList(1, lines.size())) {
            if (line[0].equals("advance")) {
                detector.advanceTo(nanos(line[1]));
                reference.advanceTo(nanos(line[1]));
                continue;
            }
            Point tick = new Point(nanos(line[1]), FixedDecimal.parse(line[2]), seq++);
            String expected = String.join(" ", List.of(line).subList(3, line.length));

            assertThat(outcome(detector.onTick(tick.epochNanos(), tick.priceUnits(), tick.seq())))
                    .as("tick %d", tick.seq())
                    .isEqualTo(expected);
            if (!scenario.startsWith("far_ahead")) {
                assertThat(outcome(reference.onTick(tick)))
                        .as("reference, tick %d", tick.seq())
                        .isEqualTo(expected);
            }
        }
    }

    private static PriceMoveRule rule(String[] line) {
        PriceMoveRule rule = new PriceMoveRule(
                Direction.valueOf(line[1].toUpperCase(Locale.ROOT)),
                new BigDecimal(line[2]),
                Duration.parse(line[3]),
                Duration.parse(line[4]));
        return line.length > 6 ? rule.withHysteresis(new BigDecimal(line[6])) : rule;
    }

    private static long nanos(String seconds) {
        return new BigDecimal(seconds).movePointRight(9).longValueExact();
    }

    private static String outcome(Optional<PriceMove> move) {
        return move.map(found ->
                        found.reference().seq() + " " + found.changePercent().toPlainString() + step(found))
                .orElse("-");
    }

    private static String step(PriceMove move) {
        return move.step() == 1 ? "" : " " + move.step();
    }
}
