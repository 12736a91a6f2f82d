package io.tradeops.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Side;
import io.tradeops.core.trade.Trade;
import io.tradeops.jobs.daily.AnalyzeDay;
import io.tradeops.jobs.daily.ExportDay;
import io.tradeops.jobs.daily.ExportMissingDays;
import io.tradeops.jobs.daily.InMemoryTradeHistory;
import io.tradeops.jobs.daily.TradesExporter;
import io.tradeops.lambda.LocalS3;
import io.tradeops.lambda.analysis.AnalysisFailedException;
import io.tradeops.lambda.analysis.DailyAnalysis;
import io.tradeops.lambda.bucket.TradeBucket;
import io.tradeops.lambda.bucket.TradeObjectStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.storage.InMemoryStorageProvider;
import org.jobrunr.storage.Paging;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Export and analysis of a day over the real S3 protocol. */
class DailyFileIT {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    private static final String KEY = "desk/2026/11/20/trades.csv";
    private static final String HEADER = "id,ticker,price,quantity,side,timestamp,trade_id\n";
    private static final String FOREIGN = "symbol,px,qty\nAAPL,1,2\n";

    @TempDir
    static Path directory;

    private static LocalS3 s3;
    private static int buckets;

    private final InMemoryTradeHistory trades = new InMemoryTradeHistory();
    private final InMemoryStorageProvider jobs = new InMemoryStorageProvider();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T00:05:00Z"));

    @SuppressWarnings("NullAway.Init") // connect() sets it
    private TradeBucket bucket;

    @SuppressWarnings("NullAway.Init") // connect() sets it
    private TradesExporter exporter;

    @BeforeAll
    static void start() throws Exception {
        s3 = LocalS3.in(directory);
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @BeforeEach
    void connect() throws Exception {
        bucket = s3.newBucket("trades-" + buckets++);
        exporter = new TradesExporter(trades, bucket, "desk/");
        jobs.setJobMapper(new JobMapper(new JacksonJsonMapper(false)));
    }

    @AfterEach
    void disconnect() {
        bucket.close();
        jobs.close();
    }

    @Test
    void fileHoldsTheDaysTradesOldestFirstInTheDocumentedColumns() throws Exception {
        trade(2, "BRK.B", "9999999999.99999999", "0.00000001", Side.UNKNOWN, "2026-11-20T23:59:59.999999Z", "a,\"1\"");
        trade(1, "AAPL", "187.1200", "100", Side.BUY, "2026-11-20T00:00:00Z", "");
        trade(3, "AAPL", "1", "1", Side.SELL, "2026-11-21T00:00:00Z", "");

        assertThat(exporter.export(DAY)).isTrue();
        assertThat(object(KEY))
                .isEqualTo(HEADER
                        + "00000000-0000-7000-0000-000000000001,AAPL,187.12,100,buy,2026-11-20T00:00:00Z,\n"
                        + "00000000-0000-7000-0000-000000000002,BRK.B,9999999999.99999999,0.00000001,,"
                        + "2026-11-20T23:59:59.999999Z,\"a,\"\"1\"\"\"\n");
        assertThat(bucket.keys("")).containsExactly(KEY);
    }

    @Test
    void dayWithoutTradesHasNoFile() throws Exception {
        assertThat(exporter.export(DAY)).isFalse();
        assertThat(bucket.keys("")).isEmpty();
    }

    @Test
    void completeFileIsNotWrittenAgain() throws Exception {
        trade(1);
        exporter.export(DAY);
        String etag = bucket.head(KEY).orElseThrow().etag();

        assertThat(exporter.export(DAY)).isFalse();
        assertThat(bucket.head(KEY).orElseThrow().etag()).isEqualTo(etag);
    }

    @Test
    void ownFileIsReplacedWhenLateTradesAreStored() throws Exception {
        trade(1);
        exporter.export(DAY);
        trade(2);

        assertThat(exporter.isNeeded(DAY)).isTrue();
        assertThat(exporter.export(DAY)).isTrue();
        assertThat(object(KEY).lines()).hasSize(3);
        assertThat(exporter.isNeeded(DAY)).isFalse();
    }

    @Test
    void fileOfAnotherWriterIsNotOverwritten() throws Exception {
        trade(1);
        bucket.put(KEY, FOREIGN.getBytes(StandardCharsets.UTF_8), "text/csv", Map.of());

        assertThat(exporter.export(DAY)).isFalse();
        assertThat(object(KEY)).isEqualTo(FOREIGN);
    }

    @Test
    void compressedFileCountsAsTheDaysFile() throws Exception {
        trade(1);
        bucket.put(KEY + ".gz", new byte[] {1}, "application/gzip", Map.of());

        assertThat(exporter.export(DAY)).isFalse();
        assertThat(bucket.keys("")).containsExactly(KEY + ".gz");
    }

    @Test
    void exportQueuesTheAnalysisEvenIfThereIsNothingToExport() throws Exception {
        trade(1);
        ExportDay job = new ExportDay(exporter, new JobQueue(jobs)::analyze);
        job.run(new ExportDay.Request("2026-11-20"));
        job.run(new ExportDay.Request("2026-11-20"));

        assertThat(object(KEY)).startsWith(HEADER);
        assertThat(queued())
                .containsExactly(new AnalyzeDay.Request("2026-11-20"), new AnalyzeDay.Request("2026-11-20"));
    }

    @Test
    void missingDaysAreCompleteDaysWithoutAFileOrWithLateTrades() throws Exception {
        trade(1, "2026-11-17T10:00:00Z"); // exported, and complete
        trade(2, "2026-11-18T10:00:00Z"); // exported, and a late trade followed
        trade(3, "2026-11-19T10:00:00Z"); // a file of another writer
        trade(4, "2026-11-20T23:59:59.999999Z"); // no file
        trade(5, "2026-11-21T00:00:00Z"); // not complete
        exporter.export(LocalDate.of(2026, 11, 17));
        exporter.export(LocalDate.of(2026, 11, 18));
        trade(6, "2026-11-18T09:00:00Z");
        bucket.put("desk/2026/11/19/trades.csv", FOREIGN.getBytes(StandardCharsets.UTF_8), "text/csv", Map.of());

        new ExportMissingDays(trades, exporter, new JobQueue(jobs)::export, clock).run(new ExportMissingDays.Request());

        assertThat(queued())
                .containsExactlyInAnyOrder(new ExportDay.Request("2026-11-18"), new ExportDay.Request("2026-11-20"));
    }

    @Test
    void dayIsAnalysedAsByTheLambda() throws Exception {
        trade(1, "AAPL", "100", "1", Side.BUY, "2026-11-20T10:00:00Z", "");
        trade(2, "AAPL", "101", "3", Side.BUY, "2026-11-20T11:00:00Z", "");
        exporter.export(DAY);
        analyze();

        assertThat(object("desk/2026/11/20/analysis_2026-11-20.csv"))
                .isEqualTo(
                        "ticker,total_volume,average_price,vwap,trade_count,min_price,max_price,first_price,last_price,"
                                + "total_notional\nAAPL,4,100.5,100.75,2,100,101,100,101,403\n");
    }

    @Test
    void analysisOfADayWithoutAFileDoesNothing() throws Exception {
        analyze();

        assertThat(bucket.keys("")).isEmpty();
    }

    @Test
    void unreadableFileFailsTheJob() throws Exception {
        bucket.put(KEY, "ticker,quantity\nAAPL,1\n".getBytes(StandardCharsets.UTF_8), "text/csv", Map.of());

        assertThatThrownBy(this::analyze)
                .isInstanceOf(AnalysisFailedException.class)
                .hasMessageContaining("price");
        assertThat(bucket.keys("")).containsExactly(KEY);
    }

    private void analyze() throws IOException {
        new AnalyzeDay(new DailyAnalysis(bucket, DailyAnalysis.DEFAULT_MAX_REJECT_RATIO), "desk/")
                .run(new AnalyzeDay.Request("2026-11-20"));
    }

    private void trade(int number) {
        trade(number, "2026-11-20T10:00:00Z");
    }

    private void trade(int number, String timestamp) {
        trade(number, "AAPL", "100", "1", Side.BUY, timestamp, "");
    }

    private void trade(
            int number, String ticker, String price, String quantity, Side side, String timestamp, String tradeId) {
        trades.add(
                new UUID(0x7000, number),
                new Trade(
                        ticker,
                        FixedDecimal.parse(price),
                        FixedDecimal.parse(quantity),
                        side,
                        Instant.parse(timestamp),
                        tradeId));
    }

    private String object(String key) throws IOException {
        Optional<TradeObjectStream> object = bucket.open(key);
        try (TradeObjectStream in = object.orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<Object> queued() {
        List<Object> requests = new ArrayList<>();
        jobs.getJobList(StateName.ENQUEUED, Paging.AmountBasedList.ascOnUpdatedAt(100))
                .forEach(job -> requests.add(job.getJobDetails().getJobParameterValues()[0]));
        return requests;
    }
}
