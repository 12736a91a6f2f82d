package io.tradeops.app.feed.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.app.feed.wire.FeedMessage;
import io.tradeops.core.csv.TradeCsvReader;
import io.tradeops.core.trade.Tick;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings: scenarios and trades files. */
class ReplaySourceTest {

    private static final long START = 1_763_649_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final RecordingPublisher published = new RecordingPublisher();

    @TempDir
    Path directory;

    @Test
    void ticksAreSentAsFarApartAsTheyWere() throws IOException {
        TickSource source =
                scenario("0,AAPL,100,1\n10,AAPL,101,1\n20,AAPL,102,1").source(START, 1);

        assertThat(times(source, START + 10 * SECOND)).containsExactly(START, START + 10 * SECOND);
        assertThat(source.position()).isEqualTo(START + 10 * SECOND);
        assertThat(times(source, START + 20 * SECOND)).hasSize(3);
    }

    @Test
    void speedBringsThemCloserAndTheLastIsSentAtItsTime() throws IOException {
        TickSource source =
                scenario("0,AAPL,100,1\n10,AAPL,101,1\n20,AAPL,102,1").source(START, 10);

        assertThat(times(source, START + SECOND)).hasSize(2);
        assertThat(times(source, START + 2 * SECOND))
                .containsExactly(START - 18 * SECOND, START - 8 * SECOND, START + 2 * SECOND);
    }

    @Test
    void lateTickIsSentAtOnceWithItsOwnTime() throws IOException {
        TickSource source = scenario("0,AAPL,100,1\n2,AAPL,101,1\n1.5,AAPL,99,1\n3,AAPL,102,1")
                .source(START, 1);

        assertThat(times(source, START + 2 * SECOND))
                .containsExactly(START, START + 2 * SECOND, START + 3 * SECOND / 2);
    }

    @Test
    void lostTicksUseUpTheirNumbers() throws IOException {
        scenario("0,AAPL,100,1\n1,lost,3\n2,AAPL,102,1").source(START, 1).advanceTo(START + 2 * SECOND, published);

        assertThat(published.ticks().stream().map(Tick::seq)).containsExactly(1L, 5L);
        assertThat(published.gaps()).containsExactly(new FeedMessage.Gap(2, 4, "lost"));
    }

    @Test
    void manyTicksAtOnceAreSentInParts() throws IOException {
        TickSource source = scenario("0,AAPL,100,1\n".repeat(2_500)).source(START, 1);

        assertThat(times(source, START + SECOND)).hasSize(1_000);
        assertThat(source.position()).isEqualTo(START);
        assertThat(times(source, START + SECOND)).hasSize(2_000);
        assertThat(times(source, START + SECOND)).hasSize(2_500);
        assertThat(source.position()).isEqualTo(START + SECOND);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0,AAPL,100; a line is",
                "0,A APL,100,1; invalid ticker 'A APL'",
                "0,AAPL,0,1; not positive: 0",
                "0.0000001,AAPL,1,1; up to 6 decimals: 0.0000001",
                "x,AAPL,1,1; x",
                "1,lost,many; many"
            })
    void badLineIsNamed(String line, String message) {
        assertThatThrownBy(() -> scenario("# comment\n" + line))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("scenario test, line 2: ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @MethodSource("names")
    void scenarioThatComesWithTheProgramIsRead(String name) throws IOException {
        Scenario scenario = Scenario.load(name);

        assertThat(times(scenario.source(START, 1), START + scenario.length().toNanos()))
                .isNotEmpty();
    }

    static List<String> names() {
        return Scenario.NAMES;
    }

    @Test
    void unknownScenarioNamesTheKnown() {
        assertThatThrownBy(() -> Scenario.load("crash"))
                .hasMessageContaining("'crash'")
                .hasMessageContaining("ramp");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, 1_000_001})
    void speedOutOfRangeIsRefused(double speed) {
        assertThatThrownBy(() -> scenario("0,AAPL,1,1").source(START, speed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(speed));
    }

    @Test
    void tradesOfAFileAreTicksWithTheirOwnTimes() throws IOException {
        Path file = Files.writeString(directory.resolve("trades.csv"), """
                ticker,price,quantity,timestamp
                AAPL,100.5,3,2025-11-10T00:00:00.123456789Z
                AAPL,101,1,2025-11-10T00:00:01Z
                """);
        try (TradeFileTicks ticks = TradeFileTicks.open(file, TradeCsvReader.create())) {
            TickSource source = ticks.source(START, 1_000);

            assertThat(times(source, START + SECOND))
                    .containsExactly(1_762_732_800_123_456_000L, 1_762_732_801_000_000_000L);
        }
    }

    @Test
    void fileWithoutTradesOrTimesOrAtAllIsRefused() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.csv"), "ticker,price,quantity,timestamp\n");
        Path timeless = Files.writeString(directory.resolve("timeless.csv"), "ticker,price,quantity\nAAPL,1,1\n");

        assertThatThrownBy(() -> TradeFileTicks.open(empty, TradeCsvReader.create()))
                .hasMessageContaining("no trades");
        assertThatThrownBy(() -> TradeFileTicks.open(timeless, TradeCsvReader.create()))
                .hasMessageContaining("line 2: a feed needs a timestamp");
        assertThatThrownBy(() -> TradeFileTicks.open(directory, TradeCsvReader.create()))
                .hasMessageContaining("is a directory");
        assertThatThrownBy(() -> TradeFileTicks.open(directory.resolve("absent.csv"), TradeCsvReader.create()))
                .hasMessageContaining("there is no file");
    }

    private static Scenario scenario(String lines) throws IOException {
        return Scenario.read(new StringReader(lines), "test");
    }

    /** The times of all ticks that a source has sent by some time. */
    private List<Long> times(TickSource source, long until) {
        source.advanceTo(until, published);
        return published.ticks().stream().map(Tick::epochNanos).toList();
    }
}
