package blackbox.average;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.core.average.PriceAverager;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the scenarios of {@code vectors/averages}. A scenario starts with a line {@code width WIDTH}. Lines
 * {@code tick TIME PRICE QUANTITY} and {@code close WATERMARK} follow. The {@code window …} lines after a {@code close}
 * are the expected result. A line {@code refused TIME PRICE QUANTITY} is a tick that is too far ahead. The seq of a tick
 * is the number of its line.
 */
class AverageVectorsTest {

    private static final Path FOLDER = Path.of("src/test/resources/vectors/averages");

    static Stream<String> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void averagesTheWindows(String scenario) throws IOException {
        List<String> lines = Files.readAllLines(FOLDER.resolve(scenario)).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        List<String> expected =
                lines.stream().filter(line -> line.startsWith("window")).toList();
        Duration width = Duration.parse(lines.get(0).split(" ", -1)[1]);
        PriceAverager averager = new PriceAverager(width);
        AverageReference reference = new AverageReference(width);
        List<String> found = new ArrayList<>();
        List<String> foundByReference = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] line = lines.get(i).split(" ", -1);
            if (line[0].equals("tick")) {
                Tick tick = tick(line, i);
                averager.add(tick);
                reference.add(tick);
            } else if (line[0].equals("refused")) {
                averager.add(tick(line, i));
            } else if (line[0].equals("close")) {
                assertThat(found).as("before line %d", i).isEqualTo(expected.subList(0, found.size()));
                averager.close(Instant.parse(line[1]))
                        .forEach(average -> found.add(AverageReference.describe(average)));
                foundByReference.addAll(reference.close(Instant.parse(line[1])));
            }
        }
        assertThat(found).isEqualTo(expected);
        assertThat(foundByReference).isEqualTo(expected);
        assertThat(averager.aheadTicks())
                .isEqualTo(lines.stream()
                        .filter(line -> line.startsWith("refused"))
                        .count());
    }

    private static Tick tick(String[] line, long seq) {
        return new Tick(
                "AAPL", EpochNanos.tryParse(line[1]), FixedDecimal.parse(line[2]), FixedDecimal.parse(line[3]), seq);
    }
}
