package blackbox.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.core.csv.AnalysisCsv;
import io.tradeops.core.csv.TradeAnalysis;
import io.tradeops.core.csv.TradeCsvAnalyzer;
import io.tradeops.core.csv.TradeCsvException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TradeCsvAnalyzerTest {

    static Stream<FileVector> refusedVectors() {
        return vectors().filter(vector -> !vector.error().isEmpty());
    }

    static Stream<FileVector> vectors() {
        return Stream.concat(FileVector.plain(), FileVector.packed());
    }

    static Stream<FileVector> plainVectors() {
        return FileVector.plain();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agreesWithTheVectors(FileVector vector) {
        Outcome outcome = analyzed(vector);

        assertThat(outcome.analysis()).isEqualTo(vector.analysis());
        assertThat(outcome.rejects()).isEqualTo(vector.rejects());
        assertThat(outcome.cancelled()).isEqualTo(vector.cancelled());
        assertThat(outcome.error()).isEqualTo(vector.error().split(":", 2)[0]);
    }

    @ParameterizedTest
    @MethodSource("refusedVectors")
    void errorNamesLineAndCause(FileVector vector) {
        TradeCsvAnalyzer analyzer =
                vector.options().applyTo(TradeCsvAnalyzer.builder()).build();

        assertThatThrownBy(() -> analyzer.analyze(vector.file()))
                .isInstanceOf(TradeCsvException.class)
                .hasMessageStartingWith("line " + vector.error())
                .hasMessageMatching("\\P{Cntrl}*")
                .satisfies(e -> assertThat(vector.named())
                        .allSatisfy(part -> assertThat(e).hasMessageContaining(part)));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readerAcceptsAndRejectsTheSameRows(FileVector vector) {
        assertThat(Outcome.ofReader(vector.file(), vector.options())).isEqualTo(analyzed(vector));
    }

    @ParameterizedTest
    @MethodSource("plainVectors")
    void referenceAgreesWithTheVectors(FileVector vector) {
        assertThat(Outcome.ofReference(vector.file(), vector.options())).isEqualTo(analyzed(vector));
    }

    private static Outcome analyzed(FileVector vector) {
        return Outcome.ofAnalyzer(TradeCsvAnalyzer.builder(), vector.options(), a -> a.analyze(vector.file()));
    }

    @ParameterizedTest
    @CsvSource({
        "kraken_xbtusdt_trades.csv, '', 1000",
        "binance_BTCUSDT_trades_2021-01-08.csv, BTCUSDT, 2001",
    })
    void agreesWithBigDecimalOnRealTrades(String name, String ticker, long rows) throws IOException {
        byte[] file = resource("/data/" + name);

        FileOptions options = ticker.isEmpty() ? FileOptions.NONE : FileOptions.NONE.withTicker(ticker);

        Outcome outcome = Outcome.ofAnalyzer(TradeCsvAnalyzer.builder(), options, a -> a.analyze(file));

        assertThat(outcome.rows()).isEqualTo(rows);
        assertThat(outcome.analysis()).hasSize(1);
        assertThat(outcome).isEqualTo(Outcome.ofReference(file, options));
    }

    @Test
    void readsFilesStreamsAndArraysAlike(@TempDir Path folder) throws IOException {
        byte[] file = resource("/data/kraken_xbtusdt_trades.csv");
        Path path = Files.write(folder.resolve("trades.csv"), file);
        TradeCsvAnalyzer analyzer = TradeCsvAnalyzer.create();

        List<String> lines = Outcome.lines(analyzer.analyze(file));

        assertThat(Outcome.lines(analyzer.analyze(path))).isEqualTo(lines);
        assertThat(Outcome.lines(analyzer.analyze(new ByteArrayInputStream(file))))
                .isEqualTo(lines);
    }

    @Test
    void reportsProgressUpToTheSize() throws IOException {
        byte[] file = repeat("ticker,price,quantity\n", "AAPL,1,1\n", 400_000);
        List<Long> reported = new ArrayList<>();

        TradeCsvAnalyzer.builder().progress(reported::add).build().analyze(file);

        assertThat(reported)
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(2)
                .endsWith((long) file.length);
    }

    @Test
    void failsWithTheExceptionOfTheProgressListener() {
        byte[] file = repeat("ticker,price,quantity\n", "AAPL,1,1\n", 400_000);
        TradeCsvAnalyzer analyzer = TradeCsvAnalyzer.builder()
                .progress(bytes -> {
                    throw new CancellationException("enough");
                })
                .build();

        assertThatThrownBy(() -> analyzer.analyze(file)).isInstanceOf(CancellationException.class);
    }

    @Test
    void failsWithTheExceptionOfTheRejectsHandler() {
        byte[] file = "ticker,price,quantity\nA,0,1\n".getBytes(UTF_8);
        TradeCsvAnalyzer analyzer = TradeCsvAnalyzer.builder()
                .rejects(row -> {
                    throw new IOException("disk full");
                })
                .build();

        assertThatThrownBy(() -> analyzer.analyze(file))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
    }

    @Test
    void rejectsRowsOfMoreThanOneMebibyte() throws IOException {
        String longest = "x".repeat((1 << 20) - "AAPL,1,1,".length());
        String header = "ticker,price,quantity,note\nAAPL,1,1,\n";

        assertThat(TradeCsvAnalyzer.create()
                        .analyze(bytes(header + "AAPL,1,1," + longest + "\r\n"))
                        .rows())
                .isEqualTo(2);
        assertThat(TradeCsvAnalyzer.create()
                        .analyze(bytes(header + "AAPL,1,1," + longest))
                        .rows())
                .isEqualTo(2);
        for (String end : List.of("x\n", "x\r\n", "x", "x" + "y".repeat(3 << 20))) {
            assertThatThrownBy(() -> TradeCsvAnalyzer.create().analyze(bytes(header + "AAPL,1,1," + longest + end)))
                    .isInstanceOf(TradeCsvException.class)
                    .hasMessage("line 3: the row is longer than 1048576 bytes");
        }
        assertThatThrownBy(
                        () -> TradeCsvAnalyzer.create().analyze(repeat(header + "AAPL,1,1,\"", "AAPL,1,1,\n", 300_000)))
                .isInstanceOf(TradeCsvException.class)
                .hasMessageStartingWith("line 3: the row is longer")
                .hasMessageEndingWith("is a quote not closed?");
    }

    @Test
    void givesTwoHundredCharactersOfARejectedRow() throws IOException {
        String row = "🙂".repeat(199) + "ab";
        List<String> rows = new ArrayList<>();

        TradeCsvAnalyzer.builder()
                .rejects(rejected -> rows.add(rejected.row()))
                .build()
                .analyze(bytes("ticker,price,quantity\n" + row + "\n"));

        assertThat(rows).containsExactly("🙂".repeat(199) + "a");
    }

    @Test
    void comparesTheRejectRatioExactly() throws IOException {
        TradeAnalysis analysis =
                TradeCsvAnalyzer.create().analyze(repeat("ticker,price,quantity\nAAPL,0,1\n", "AAPL,1,1\n", 99));

        assertThat(analysis.exceedsRejectRatio(new BigDecimal("0.01"))).isFalse();
        assertThat(analysis.exceedsRejectRatio(new BigDecimal("0.0099999999999999999999999999999999")))
                .isTrue();
        assertThat(analysis.exceedsRejectRatio(BigDecimal.ONE)).isFalse();
        assertThat(TradeCsvAnalyzer.create()
                        .analyze(bytes("ticker,price,quantity\n"))
                        .exceedsRejectRatio(BigDecimal.ZERO))
                .isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> analysis.exceedsRejectRatio(new BigDecimal("1.1")));
        assertThatIllegalArgumentException().isThrownBy(() -> analysis.exceedsRejectRatio(new BigDecimal("-0.1")));
    }

    @Test
    void mergesTheAnalysesOfParts() throws IOException {
        byte[] file = resource("/data/kraken_xbtusdt_trades.csv");
        List<String> lines = new String(file, UTF_8).lines().toList();
        String whole = String.join("\n", lines) + "\nx\n";
        String first = String.join("\n", lines.subList(0, 400)) + "\nx\n";
        String second = lines.get(0) + "\n" + String.join("\n", lines.subList(400, lines.size())) + "\nAAPL\n";
        TradeCsvAnalyzer analyzer = TradeCsvAnalyzer.create();

        TradeAnalysis forward = analyzer.analyze(bytes(first)).merge(analyzer.analyze(bytes(second)));
        TradeAnalysis backward = analyzer.analyze(bytes(second)).merge(analyzer.analyze(bytes(first)));

        assertThat(Outcome.lines(forward)).isEqualTo(Outcome.lines(analyzer.analyze(bytes(whole))));
        assertThat(Outcome.lines(backward)).isEqualTo(Outcome.lines(forward));
        assertThat(forward.rejected()).isEqualTo(2);
        assertThat(forward.rows()).isEqualTo(1000);
    }

    @Test
    void mergesInOrderWhereTimesAreEqualOrAbsent() throws IOException {
        TradeCsvAnalyzer analyzer = TradeCsvAnalyzer.create();
        String timed = "ticker,price,quantity,time\nA,%s,1,1700000005\n";
        String plain = "ticker,price,quantity\nA,%s,1\n";
        for (List<String> layouts :
                List.of(List.of(timed, timed), List.of(plain, plain), List.of(timed, plain), List.of(plain, timed))) {
            TradeAnalysis one = analyzer.analyze(bytes(layouts.get(0).formatted(1)));
            TradeAnalysis two = analyzer.analyze(bytes(layouts.get(1).formatted(2)));

            assertThat(Outcome.lines(one.merge(two))).containsExactly("A,2,1.5,1.5,2,1,2,1,2,3");
            assertThat(Outcome.lines(two.merge(one))).containsExactly("A,2,1.5,1.5,2,1,2,2,1,3");
        }
    }

    @Test
    void readsBackAWrittenAnalysis() throws IOException {
        TradeAnalysis analysis = TradeCsvAnalyzer.create().analyze(resource("/data/kraken_xbtusdt_trades.csv"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        AnalysisCsv.write(analysis.tickers(), out);

        assertThat(AnalysisCsv.read(new ByteArrayInputStream(out.toByteArray())))
                .isEqualTo(analysis.tickers());
    }

    @Test
    void rejectsInvalidSettings() {
        TradeCsvAnalyzer.Builder builder = TradeCsvAnalyzer.builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.threads(0))
                .withMessageEndingWith(": 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.ticker("A B"))
                .withMessageEndingWith(": A B");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.columns(List.of()));
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream in = TradeCsvAnalyzerTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    static byte[] repeat(String start, String repeated, int times) {
        return bytes(start + repeated.repeat(times));
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
