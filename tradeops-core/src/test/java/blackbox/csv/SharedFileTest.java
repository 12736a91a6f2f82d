package blackbox.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.core.csv.TradeAnalysis;
import io.tradeops.core.csv.TradeCsvAnalyzer;
import io.tradeops.core.csv.TradeCsvException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Analyses files of several blocks, which several threads share. */
class SharedFileTest {

    private static final String HEADER = "note,ticker,price,quantity,time\n";

    @Test
    void resultDoesNotDependOnTheNumberOfThreads() {
        byte[] file = TradeCsvAnalyzerTest.bytes(HEADER + rows(60_000));
        Outcome expected = Outcome.ofReference(file, FileOptions.NONE);

        assertThat(expected.rejects()).hasSizeGreaterThan(50);
        for (int threads : new int[] {1, 2, 3, 8}) {
            assertThat(analyzed(file, threads)).as("%d threads", threads).isEqualTo(expected);
        }
    }

    @Test
    void quotedLineBreaksMayCrossBlocks() {
        byte[] file = TradeCsvAnalyzerTest.bytes(HEADER
                + rows(15_000)
                + ("\"" + "x,AAPL,1,1,1700000000\n".repeat(20_000) + "\",AAPL,7,1,1700000000\n")
                + rows(15_000));
        Outcome expected = Outcome.ofReference(file, FileOptions.NONE);

        assertThat(expected.error()).isEmpty();
        assertThat(analyzed(file, 1)).isEqualTo(expected);
        assertThat(analyzed(file, 2)).isEqualTo(expected);
    }

    @Test
    void sumsOfTheLargestValuesAreExact() {
        String row = "AAPL,9999999999.99999999,9999999999.99999999\n";
        byte[] file = TradeCsvAnalyzerTest.repeat("ticker,price,quantity\n", row, 20_000);

        assertThat(analyzed(file, 2)).isEqualTo(Outcome.ofReference(file, FileOptions.NONE));
    }

    @Test
    void mergedRangesEqualTheWhole(@TempDir Path folder) throws IOException {
        byte[] bytes = TradeCsvAnalyzerTest.bytes(HEADER + rows(20_000));
        Path path = Files.write(folder.resolve("trades.csv"), bytes);
        TradeCsvAnalyzer analyzer = TradeCsvAnalyzer.create();
        TradeAnalysis whole = analyzer.analyze(bytes);
        Random random = new Random(7);
        try (FileChannel channel = FileChannel.open(path)) {
            for (int i = 0; i < 50; i++) {
                long first = random.nextInt(i % 2 == 0 ? 100 : bytes.length);
                long second = first + random.nextInt(bytes.length);
                TradeAnalysis merged = analyzer.analyze(channel, 0, first)
                        .merge(analyzer.analyze(channel, first, second))
                        .merge(analyzer.analyze(channel, second, Long.MAX_VALUE));

                assertThat(Outcome.lines(merged)).isEqualTo(Outcome.lines(whole));
                assertThat(merged.rejectedByReason()).isEqualTo(whole.rejectedByReason());
            }
            assertThat(analyzer.analyze(channel, 500, 500).rows()).isZero();
            assertThatIllegalArgumentException().isThrownBy(() -> analyzer.analyze(channel, 2, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> analyzer.analyze(channel, -1, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void endsWhenItsThreadIsInterrupted(int threads) {
        byte[] file = TradeCsvAnalyzerTest.bytes(HEADER + rows(60_000));
        TradeCsvAnalyzer analyzer = TradeCsvAnalyzer.builder().threads(threads).build();
        for (boolean stream : new boolean[] {false, true}) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> analyze(analyzer, file, stream)).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void failsWithTheExceptionOfAHandler(int threads) {
        byte[] file = TradeCsvAnalyzerTest.bytes(HEADER + rows(60_000));
        TradeCsvAnalyzer failing = TradeCsvAnalyzer.builder()
                .threads(threads)
                .rejects(row -> {
                    throw new IOException("disk full");
                })
                .build();
        TradeCsvAnalyzer cancelled = TradeCsvAnalyzer.builder()
                .threads(threads)
                .progress(bytes -> {
                    throw new CancellationException("enough");
                })
                .build();
        for (boolean stream : new boolean[] {false, true}) {
            assertThatThrownBy(() -> analyze(failing, file, stream)).hasMessage("disk full");
            assertThatThrownBy(() -> analyze(cancelled, file, stream)).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void failsWithTheExceptionOfTheStream() {
        byte[] start = TradeCsvAnalyzerTest.bytes(HEADER + rows(30_000));
        InputStream broken = new InputStream() {
            private final InputStream bytes = new ByteArrayInputStream(start);

            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = bytes.read(target, offset, length);
                return count < 0 ? read() : count;
            }
        };

        assertThatThrownBy(() -> TradeCsvAnalyzer.builder().threads(2).build().analyze(broken))
                .isInstanceOf(IOException.class)
                .hasMessage("connection reset");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void errorNamesTheLineOfAnUnclosedQuote(int threads) {
        byte[] file = TradeCsvAnalyzerTest.bytes(HEADER + rows(30_000) + "\"x");

        assertThatThrownBy(() ->
                        TradeCsvAnalyzer.builder().threads(threads).build().analyze(file))
                .isInstanceOf(TradeCsvException.class)
                .hasMessageStartingWith("line 30002: a quote is opened");
    }

    private static void analyze(TradeCsvAnalyzer analyzer, byte[] file, boolean stream) throws IOException {
        if (stream) {
            analyzer.analyze(new ByteArrayInputStream(file));
        } else {
            analyzer.analyze(file);
        }
    }

    private static Outcome analyzed(byte[] file, int threads) {
        return Outcome.ofAnalyzer(
                TradeCsvAnalyzer.builder().threads(threads), FileOptions.NONE, analyzer -> analyzer.analyze(file));
    }

    /** Rows in random order of time, many at equal times; every 500th is invalid. */
    private static String rows(int count) {
        Random random = new Random(count);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            rows.append(i % 3 == 0 ? "a note" : "n")
                    .append(",T")
                    .append(random.nextInt(500))
                    .append(',');
            rows.append(i % 500 == 499 ? -1 : random.nextInt(100_000) / 100.0 + 0.01)
                    .append(',');
            rows.append(1 + random.nextInt(500))
                    .append(',')
                    .append(1_700_000_000L + random.nextInt(50))
                    .append('\n');
        }
        return rows.toString();
    }
}
