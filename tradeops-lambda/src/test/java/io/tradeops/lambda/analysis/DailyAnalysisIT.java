package io.tradeops.lambda.analysis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.core.csv.DailyTradeFile;
import io.tradeops.core.csv.TickerSummary;
import io.tradeops.lambda.LocalS3;
import io.tradeops.lambda.ReferenceAnalysis;
import io.tradeops.lambda.analysis.AnalysisOutcome.Completed;
import io.tradeops.lambda.analysis.AnalysisOutcome.Failed;
import io.tradeops.lambda.analysis.AnalysisOutcome.Reason;
import io.tradeops.lambda.bucket.BreakingConnections;
import io.tradeops.lambda.bucket.TradeBucket;
import io.tradeops.lambda.bucket.TradeBucketException;
import io.tradeops.lambda.bucket.TradeObjectStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DailyAnalysisIT {

    private static final String HEADER = "ticker,price,quantity\n";
    private static final String ANALYSIS_HEADER = "ticker,total_volume,average_price,vwap,trade_count,"
            + "min_price,max_price,first_price,last_price,total_notional\n";

    private static LocalS3 s3;
    private static TradeBucket bucket;
    private static DailyAnalysis daily;
    private static LocalDate nextDate = LocalDate.of(2026, 1, 1);

    private DailyTradeFile file = DailyTradeFile.of(nextDate);

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        s3 = LocalS3.in(directory);
        bucket = s3.newBucket("trades");
        daily = new DailyAnalysis(bucket, DailyAnalysis.DEFAULT_MAX_REJECT_RATIO);
    }

    @AfterAll
    static void stop() {
        bucket.close();
        s3.close();
    }

    @BeforeEach
    void takeAnotherDay() {
        nextDate = nextDate.plusDays(1);
        file = DailyTradeFile.of(nextDate);
    }

    @Test
    void analysesRealTradesExactly() throws Exception {
        byte[] kraken = ReferenceAnalysis.file("kraken_xbtusdt_trades.csv");
        put(file.tradesKey(), kraken);
        StoredAnalysis analysis = daily.analyze(file).orElseThrow();
        assertThat(text(file.analysisKey())).isEqualTo(ReferenceAnalysis.of(kraken, "price", "volume", "XBTUSDT"));
        assertThat(analysis.rows()).isEqualTo(1000);
        assertThat(analysis.rejected()).isZero();
        assertThat(bucket.head(file.rejectsKey())).isEmpty();
    }

    @Test
    void analysesCompressedTradesExactly() throws Exception {
        byte[] binance = ReferenceAnalysis.withTicker(
                "BTCUSDT", ReferenceAnalysis.file("binance_BTCUSDT_trades_2021-01-08.csv"));
        put(file.gzipTradesKey(), gzip(binance));
        assertThat(daily.analyze(file).orElseThrow().rows()).isEqualTo(2001);
        assertThat(text(file.analysisKey())).isEqualTo(ReferenceAnalysis.of(binance, "price", "qty", "BTCUSDT"));
    }

    @Test
    void prefersThePlainFileToTheCompressedOne() throws Exception {
        put(file.gzipTradesKey(), gzip((HEADER + "GZIP,1,1\n").getBytes(UTF_8)));
        put(file.tradesKey(), HEADER + "PLAIN,1,1\n");
        assertThat(daily.analyze(file).orElseThrow().tickers())
                .extracting(TickerSummary::ticker)
                .containsExactly("PLAIN");
    }

    @Test
    void writesBesideTheFileUnderItsPrefix() throws Exception {
        DailyTradeFile prefixed = new DailyTradeFile("venue/a b+c/", file.date());
        put(prefixed.tradesKey(), HEADER + "AAPL,187.12,100\n");
        daily.analyze(prefixed).orElseThrow();
        assertThat(text(prefixed.analysisKey()))
                .isEqualTo(ANALYSIS_HEADER + "AAPL,100,187.12,187.12,1,187.12,187.12,187.12,187.12,18712\n");
    }

    @Test
    void storesTheEtagOfTheFileWithTheAnalysis() throws Exception {
        String etag = put(file.tradesKey(), HEADER + "AAPL,1,1\n".repeat(200) + "AAPL,0,1\n");
        daily.analyze(file).orElseThrow();
        assertThat(bucket.head(file.analysisKey()).orElseThrow().metadata())
                .isEqualTo(Map.of("source-etag", etag, "rows", "200", "rejected", "1", "version", "1"));
        assertThat(text(file.rejectsKey())).isEqualTo("line,reason,row\n202,price_not_positive,\"AAPL,0,1\"\n");
    }

    @Test
    void doesNotAnalyseTheSameFileAgainUnlessForced() throws Exception {
        put(file.tradesKey(), HEADER + "AAPL,1,1\n");
        StoredAnalysis first = ((Completed) daily.analyze(file)).analysis();
        bucket.put(file.rejectsKey(), new byte[] {'x'}, "text/csv", Map.of());

        Completed second = (Completed) daily.analyze(file);
        assertThat(second.repeated()).isTrue();
        assertThat(second.analysis().csv()).isEqualTo(first.csv());
        assertThat(second.analysis().sourceEtag()).isEqualTo(first.sourceEtag());
        assertThat(text(file.rejectsKey())).isEqualTo("x");

        Completed third = (Completed) daily.analyzeAgain(file);
        assertThat(third.repeated()).isFalse();
        assertThat(third.analysis().csv()).isEqualTo(first.csv());
        assertThat(bucket.head(file.rejectsKey())).isEmpty();
    }

    @Test
    void analysesAReplacedFile() throws Exception {
        put(file.tradesKey(), HEADER + "AAPL,1,1\n".repeat(200) + "bad\n");
        daily.analyze(file).orElseThrow();
        assertThat(bucket.head(file.rejectsKey())).isPresent();

        put(file.tradesKey(), HEADER + "AAPL,2,1\n");
        assertThat(((Completed) daily.analyze(file)).repeated()).isFalse();
        assertThat(text(file.analysisKey())).isEqualTo(ANALYSIS_HEADER + "AAPL,1,2,2,1,2,2,2,2,2\n");
        assertThat(bucket.head(file.rejectsKey())).isEmpty();
    }

    @Test
    void repeatsAnAnalysisOfAnotherVersion() throws Exception {
        String etag = put(file.tradesKey(), HEADER + "AAPL,1,1\n");
        bucket.put(file.analysisKey(), new byte[0], "text/csv", Map.of("source-etag", etag, "version", "0"));
        assertThat(((Completed) daily.analyze(file)).repeated()).isFalse();
    }

    @Test
    void allowsOneRejectedRowInAHundredButNoMore() throws Exception {
        put(file.tradesKey(), HEADER + "AAPL,1,1\n".repeat(99) + "bad\n");
        assertThat(daily.analyze(file)).isInstanceOf(Completed.class);

        put(file.tradesKey(), HEADER + "AAPL,1,1\n".repeat(98) + "bad\n");
        Failed failed = (Failed) daily.analyze(file);
        assertThat(failed.reason()).isEqualTo(Reason.TOO_MANY_REJECTS);
        assertThat(failed.rejected()).isEqualTo(1);
        assertThat(failed.message())
                .isEqualTo("s3://trades/" + file.tradesKey() + ": 1 of 99 rows rejected, more than 0.01 of them; see"
                        + " s3://trades/" + file.rejectsKey());
        assertThat(text(file.rejectsKey())).isEqualTo("line,reason,row\n100,too_few_fields,bad\n");
        assertThat(bucket.head(file.analysisKey()))
                .describedAs("the analysis of the former file")
                .isEmpty();
        assertThatExceptionOfType(AnalysisFailedException.class)
                .isThrownBy(failed::orElseThrow)
                .withMessage(failed.message());
    }

    @Test
    void appliesTheGivenRejectRatio() throws Exception {
        put(file.tradesKey(), HEADER + "AAPL,1,1\nbad\n");
        assertThat(new DailyAnalysis(bucket, new BigDecimal("0.5")).analyze(file))
                .isInstanceOf(Completed.class);
        assertThat(new DailyAnalysis(bucket, new BigDecimal("0.49")).analyzeAgain(file))
                .isInstanceOf(Failed.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DailyAnalysis(bucket, new BigDecimal("1.01")))
                .withMessage("maxRejectRatio must lie between 0 and 1: 1.01");
    }

    @Test
    void reportsAMissingFile() throws Exception {
        Failed failed = (Failed) daily.analyze(file);
        assertThat(failed.reason()).isEqualTo(Reason.NO_FILE);
        assertThat(failed.message()).isEqualTo("no s3://trades/" + file.tradesKey() + " or .gz");
        assertThat(daily.read(file)).isEmpty();
    }

    @Test
    void deletesTheAnalysisOfAnUnreadableFile() throws Exception {
        put(file.tradesKey(), HEADER + "AAPL,1,1\n");
        daily.analyze(file).orElseThrow();

        put(file.tradesKey(), "ticker,quantity\nAAPL,1\n");
        Failed failed = (Failed) daily.analyze(file);
        assertThat(failed.reason()).isEqualTo(Reason.UNREADABLE_FILE);
        assertThat(failed.message()).startsWith("s3://trades/" + file.tradesKey() + ": line 1: ");
        assertThat(bucket.head(file.analysisKey())).isEmpty();
    }

    @Test
    void reportsATruncatedCompressedFile() throws Exception {
        byte[] whole = gzip((HEADER + "AAPL,1,1\n".repeat(10_000)).getBytes(UTF_8));
        bucket.put(file.gzipTradesKey(), Arrays.copyOf(whole, whole.length - 20), "text/csv", Map.of());
        Failed failed = (Failed) daily.analyze(file);
        assertThat(failed.reason()).isEqualTo(Reason.UNREADABLE_FILE);
        assertThat(failed.message()).contains(file.gzipTradesKey());
        assertThat(bucket.head(file.analysisKey())).isEmpty();
    }

    @Test
    void readsTheStoredAnalysisBack() throws Exception {
        String etag = put(file.tradesKey(), HEADER + "AAPL,187.12,100\nMSFT,420.5,0.25\n");
        StoredAnalysis written = daily.analyze(file).orElseThrow();
        StoredAnalysis read = daily.read(file).orElseThrow();
        assertThat(read.tickers()).isEqualTo(written.tickers()).hasSize(2);
        assertThat(read.csv()).isEqualTo(written.csv());
        assertThat(read.sourceEtag()).isEqualTo(etag);
        assertThat(read.rows()).isEqualTo(2);
        assertThat(read.file()).isEqualTo(file);
    }

    @Test
    void readsAnAnalysisWithoutMetadata() throws Exception {
        bucket.put(
                file.analysisKey(), (ANALYSIS_HEADER + "A,1,2,2,7,2,2,2,2,2\n").getBytes(UTF_8), "text/csv", Map.of());
        StoredAnalysis read = daily.read(file).orElseThrow();
        assertThat(read.rows()).isEqualTo(7);
        assertThat(read.rejected()).isZero();
        assertThat(read.sourceEtag()).isEmpty();
    }

    @Test
    void rejectsAnObjectThatIsNotAnAnalysis() throws Exception {
        bucket.put(file.analysisKey(), "hello\n".getBytes(UTF_8), "text/plain", Map.of());
        assertThatIOException()
                .isThrownBy(() -> daily.read(file))
                .withMessageStartingWith("s3://trades/" + file.analysisKey() + " is not an analysis: line 1: ");
    }

    @Test
    void analysesTheNewFileIfItIsReplacedDuringTheAnalysis() throws Exception {
        put(file.tradesKey(), HEADER + "AAPL,1,1\n");
        assertThat(analyzeWhileReplacing(1).orElseThrow().tickers().get(0).averagePrice())
                .isEqualByComparingTo("1001");
        assertThat(daily.analyze(file)).matches(outcome -> ((Completed) outcome).repeated());
    }

    @Test
    void failsIfTheFileIsReplacedDuringEveryAttempt() throws Exception {
        put(file.tradesKey(), HEADER + "AAPL,1,1\n");
        assertThatIOException()
                .isThrownBy(() -> analyzeWhileReplacing(Integer.MAX_VALUE))
                .withMessage("s3://trades/" + file.tradesKey() + " was replaced during each of 3 analyses");
        assertThat(bucket.head(file.analysisKey())).isEmpty();
    }

    @Test
    void givesTheSameBytesInConcurrentAnalysesOfADay() throws Exception {
        put(file.tradesKey(), ReferenceAnalysis.file("kraken_xbtusdt_trades.csv"));
        List<byte[]> analyses = Stream.generate(() -> file)
                .limit(8)
                .parallel()
                .map(DailyAnalysisIT::csvOf)
                .toList();
        byte[] stored = text(file.analysisKey()).getBytes(UTF_8);
        assertThat(analyses).hasSize(8).allMatch(csv -> Arrays.equals(csv, stored));
    }

    @Test
    void deletesTheTemporaryFileOfRejectedRows(@TempDir Path temporary) throws Exception {
        put(file.tradesKey(), HEADER + "bad\n".repeat(1000));
        new DailyAnalysis(bucket, BigDecimal.ONE, temporary).analyze(file);
        assertThat(temporary).isEmptyDirectory();
        assertThat(text(file.rejectsKey()).lines()).hasSize(1001);

        Path missing = temporary.resolve("missing");
        assertThatIOException()
                .isThrownBy(() -> new DailyAnalysis(bucket, BigDecimal.ONE, missing).analyzeAgain(file))
                .withMessageContaining(missing.toString());
    }

    @Test
    void reportsAMissingBucket() {
        try (TradeBucket missing = s3.bucket("missing")) {
            assertThatExceptionOfType(TradeBucketException.class)
                    .isThrownBy(() -> new DailyAnalysis(missing, BigDecimal.ONE).analyze(file))
                    .withMessageStartingWith("bucket 'missing' does not exist or is not accessible at");
        }
    }

    /**
     * Every attempt sends two HEAD requests for the file: before it reads, and before it writes. The file is replaced
     * before the second one.
     */
    private AnalysisOutcome analyzeWhileReplacing(int times) throws IOException {
        String headRequest = "HEAD /trades/" + file.tradesKey() + " ";
        AtomicInteger heads = new AtomicInteger();
        Consumer<String> replacing = request -> {
            if (request.startsWith(headRequest) && heads.incrementAndGet() % 2 == 0 && heads.get() / 2 <= times) {
                replace(heads.get() / 2);
            }
        };
        try (BreakingConnections network = BreakingConnections.inFrontOf(s3.endpoint(), Integer.MAX_VALUE, replacing);
                TradeBucket watched = s3.bucketAt(network.endpoint(), "trades")) {
            return new DailyAnalysis(watched, BigDecimal.ONE).analyze(file);
        }
    }

    private void replace(int version) {
        try {
            put(file.tradesKey(), HEADER + "AAPL," + (1000 + version) + ",1\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] csvOf(DailyTradeFile file) {
        try {
            return daily.analyzeAgain(file).orElseThrow().csv();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String put(String key, String content) throws IOException {
        return put(key, content.getBytes(UTF_8));
    }

    private static String put(String key, byte[] content) throws IOException {
        return bucket.put(key, content, "text/csv", Map.of());
    }

    private static String text(String key) throws IOException {
        try (TradeObjectStream stream = bucket.open(key).orElseThrow()) {
            return new String(stream.readAllBytes(), UTF_8);
        }
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        }
        return compressed.toByteArray();
    }
}
