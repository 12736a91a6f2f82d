package blackbox.csv;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.core.csv.TradeAnalysis;
import io.tradeops.core.csv.TradeCsvAnalyzer;
import io.tradeops.core.csv.TradeCsvException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileRangesTest {

    private static final String MARK = "\ufeff";
    private static final String HEADER = "ticker,price,quantity\r\n";
    private static final String ROWS = "A,1,1\r\n\nB,2,2\r\r\n" + HEADER + "A,x,1\nA,4,1";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {HEADER + ROWS, MARK + HEADER + ROWS, "\n\n" + HEADER + HEADER + ROWS})
    void everyRowIsInOneRange(String text) throws IOException {
        requireEveryRowOnce(TradeCsvAnalyzer.create(), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {ROWS, MARK + ROWS, "\n" + ROWS, MARK + HEADER + ROWS})
    void everyRowOfAFileWithGivenColumnsIsInOneRange(String text) throws IOException {
        requireEveryRowOnce(
                TradeCsvAnalyzer.builder()
                        .columns(List.of("ticker", "price", "quantity"))
                        .build(),
                text);
    }

    private void requireEveryRowOnce(TradeCsvAnalyzer analyzer, String text) throws IOException {
        byte[] bytes = TradeCsvAnalyzerTest.bytes(text);
        Path file = Files.write(folder.resolve("trades.csv"), bytes);
        TradeAnalysis whole = analyzer.analyze(bytes);
        assertThat(whole.rows()).isEqualTo(3);
        try (FileChannel channel = FileChannel.open(file)) {
            for (int first = 0; first <= bytes.length + 1; first++) {
                int second = first + 7;
                TradeAnalysis start = analyzer.analyze(channel, 0, first);
                TradeAnalysis two = start.merge(analyzer.analyze(channel, first, Long.MAX_VALUE));
                TradeAnalysis three = start.merge(analyzer.analyze(channel, first, second))
                        .merge(analyzer.analyze(channel, second, Long.MAX_VALUE));

                for (TradeAnalysis merged : List.of(two, three)) {
                    assertThat(merged.tickers()).as("split at %d", first).isEqualTo(whole.tickers());
                    assertThat(merged.rejectedByReason()).isEqualTo(whole.rejectedByReason());
                }
            }
        }
    }

    @Test
    void rangeHasTheRowsThatStartInIt() throws IOException {
        Path file = Files.writeString(folder.resolve("trades.csv"), "ticker,price,quantity\nA,1,1\nB,2,2\nC,3,3\n");
        TradeCsvAnalyzer analyzer = TradeCsvAnalyzer.create();
        try (FileChannel channel = FileChannel.open(file)) {
            assertThat(Outcome.lines(analyzer.analyze(channel, 28, 34))).containsExactly("B,2,2,2,1,2,2,2,2,4");
            assertThat(Outcome.lines(analyzer.analyze(channel, 28, 29))).containsExactly("B,2,2,2,1,2,2,2,2,4");
            assertThat(analyzer.analyze(channel, 29, 34).rows()).isZero();
            assertThat(analyzer.analyze(channel, 0, 22).rows()).isZero();
            assertThat(analyzer.analyze(channel, 22, 22).rows()).isZero();
        }
    }

    @Test
    void refusesARangeOfAFileThatIsNotPlain() throws IOException {
        byte[] plain = TradeCsvAnalyzerTest.bytes("ticker,price,quantity\nA,1,1\n");
        byte[] utf16 = (MARK + "ticker,price,quantity\nA,1,1\n").getBytes(UTF_16LE);
        for (byte[] packed : List.of(Packed.gzip(plain), Packed.zip(plain, "t.csv"), utf16)) {
            Path file = Files.write(folder.resolve("packed"), packed);
            try (FileChannel channel = FileChannel.open(file)) {
                assertThatThrownBy(() -> TradeCsvAnalyzer.create().analyze(channel, 0, 100))
                        .isInstanceOf(TradeCsvException.class)
                        .hasMessage("line 1: a range can be read only of a file in UTF-8 that is not packed");
            }
        }
    }
}
