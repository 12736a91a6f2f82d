package io.tradeops.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tradeops.core.csv.DailyTradeFile;
import io.tradeops.lambda.analysis.AnalysisFailedException;
import io.tradeops.lambda.analysis.DailyAnalysis;
import io.tradeops.lambda.bucket.TradeBucket;
import io.tradeops.lambda.bucket.TradeObjectStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AnalyzeTradesHandlerIT {

    private static final DailyTradeFile FILE = DailyTradeFile.of(LocalDate.of(2026, 11, 20));
    private static final String TRADES = "ticker,price,quantity\nAAPL,187.12,100\nAAPL,188,50\n";
    private static final String RESULT = "{\"date\":\"2026-11-20\",\"bucket\":\"trades\","
            + "\"key\":\"2026/11/20/analysis_2026-11-20.csv\",\"rows\":2,\"rejected\":0,\"tickers\":1,\"results\":["
            + "{\"ticker\":\"AAPL\",\"total_volume\":150,\"average_price\":187.56,\"vwap\":187.41333333,"
            + "\"trade_count\":2,\"min_price\":187.12,\"max_price\":188,\"first_price\":187.12,\"last_price\":188,"
            + "\"total_notional\":28112}]}";
    private static final String SUMMARY = "{\"date\":\"2026-11-20\",\"bucket\":\"trades\","
            + "\"key\":\"2026/11/20/analysis_2026-11-20.csv\",\"rows\":2,\"rejected\":0,\"tickers\":1,\"repeated\":%s}";

    private static LocalS3 s3;
    private static TradeBucket bucket;

    private final LocalContext context = new LocalContext();

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        s3 = LocalS3.in(directory);
        bucket = s3.newBucket("trades");
    }

    @AfterAll
    static void stop() {
        bucket.close();
        s3.close();
    }

    @BeforeEach
    void emptyTheBucket() throws Exception {
        for (String key : bucket.keys("")) {
            bucket.delete(key);
        }
    }

    @Test
    void answersADirectInvocation() throws Exception {
        put(FILE.tradesKey(), TRADES);
        assertThat(handle("{\"date\":\"2026-11-20\"}")).isEqualTo(RESULT);
        assertThat(handle("{\"date\":\"2026-11-20\"}"))
                .describedAs("the same when it is already analysed")
                .isEqualTo(RESULT);
    }

    @Test
    void analysesAgainWhenForced() throws Exception {
        put(FILE.tradesKey(), TRADES);
        handle("{\"date\":\"2026-11-20\"}");
        put(FILE.rejectsKey(), "stale");
        handle("{\"date\":\"2026-11-20\"}");
        assertThat(bucket.head(FILE.rejectsKey())).isPresent();
        handle("{\"date\":\"2026-11-20\",\"force\":true}");
        assertThat(bucket.head(FILE.rejectsKey())).isEmpty();
    }

    @Test
    void failsADirectInvocationThatHasNoAnalysis() throws Exception {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> handle("{\"date\":\"2026-11-31\"}"))
                .withMessage("date must be YYYY-MM-DD, of the years 1970 to 9999: '2026-11-31'");
        assertThatExceptionOfType(AnalysisFailedException.class)
                .isThrownBy(() -> handle("{\"date\":\"2026-11-20\"}"))
                .withMessage("no s3://trades/2026/11/20/trades.csv or .gz");
        put(FILE.tradesKey(), TRADES + "bad\n");
        assertThatExceptionOfType(AnalysisFailedException.class)
                .isThrownBy(() -> handle("{\"date\":\"2026-11-20\"}"))
                .withMessageContaining("1 of 3 rows rejected");
    }

    @Test
    void answersHttpRequestsWithJsonOrCsv() throws Exception {
        put(FILE.tradesKey(), TRADES);
        JsonTree json = answer(event("api-gateway-http"));
        assertThat(json.text("statusCode")).contains("200");
        assertThat(json.text("headers", "Content-Type")).contains("application/json");
        assertThat(json.text("body")).contains(RESULT);
        assertThat(json.text("isBase64Encoded")).contains("false");

        JsonTree csv = answer(event("api-gateway-rest"));
        assertThat(csv.text("statusCode")).contains("200");
        assertThat(csv.text("headers", "Content-Type")).contains("text/csv; charset=utf-8");
        assertThat(csv.text("body")).contains(text(FILE.analysisKey()));
    }

    @Test
    void answersABadDateWithAProblem() throws Exception {
        JsonTree problem = problem(event("api-gateway-http").replace("2026-11-20", "2026-11-31"));
        assertThat(problem.text("type")).contains("urn:tradeops:problem:invalid-date");
        assertThat(problem.text("title")).contains("Not a date");
        assertThat(problem.text("status")).contains("400");
        assertThat(problem.text("detail")).contains("date must be YYYY-MM-DD, of the years 1970 to 9999: '2026-11-31'");
        assertThat(problem.text("instance")).contains("/analysis/");
        assertThat(problem.text("request_id")).contains("request-1");
        assertThat(problem(event("function-url-no-query")).text("detail"))
                .contains("the query must have one date: ?date=YYYY-MM-DD");
    }

    @Test
    void answersADayWithoutTradesWithAProblem() throws Exception {
        JsonTree problem = problem(event("api-gateway-http"));
        assertThat(problem.text("status")).contains("404");
        assertThat(problem.text("type")).contains("urn:tradeops:problem:no-trades-file");
    }

    @Test
    void answersABadFileWithAProblem() throws Exception {
        put(FILE.tradesKey(), TRADES + "bad\n");
        JsonTree rejects = problem(event("api-gateway-http"));
        assertThat(rejects.text("status")).contains("422");
        assertThat(rejects.text("type")).contains("urn:tradeops:problem:too-many-rejects");
        assertThat(bucket.head(FILE.rejectsKey())).isPresent();
        assertThat(bucket.head(FILE.analysisKey())).isEmpty();

        put(FILE.tradesKey(), "ticker,quantity\nAAPL,1\n");
        JsonTree unreadable = problem(event("api-gateway-http"));
        assertThat(unreadable.text("status")).contains("422");
        assertThat(unreadable.text("type")).contains("urn:tradeops:problem:unreadable-trades-file");
    }

    @Test
    void answersOtherMethodsWithAProblem() throws Exception {
        JsonTree answer = answer(event("api-gateway-http").replace("POST", "DELETE"));
        assertThat(answer.text("statusCode")).contains("405");
        assertThat(answer.text("headers", "Allow")).contains("GET, POST");
    }

    @Test
    void hidesTheDetailsOfAMissingBucketFromHttpCallers() throws Exception {
        try (TradeBucket missing = s3.bucket("missing")) {
            JsonTree answer = tree(handle(handler("", missing), event("api-gateway-http")));
            assertThat(answer.text("statusCode")).contains("503");
            assertThat(answer.text("headers", "Retry-After")).contains("5");
            assertThat(answer.text("body").orElse("")).doesNotContain("missing", "127.0.0.1", "Exception");
            assertThat(context.log()).contains("bucket 'missing' does not exist or is not accessible");
        }
    }

    @Test
    void hidesTheDetailsOfAnInternalErrorFromHttpCallers() throws Exception {
        String etag = put(FILE.tradesKey(), TRADES);
        Map<String, String> metadata = Map.of("source-etag", etag, "version", DailyAnalysis.VERSION);
        bucket.put(FILE.analysisKey(), "garbage".getBytes(UTF_8), "text/csv", metadata);
        JsonTree problem = problem(event("api-gateway-http"));
        assertThat(problem.text("status")).contains("500");
        assertThat(problem.text("detail")).contains("what happened is in the log, under the request's id");
        assertThat(context.log()).contains("s3://trades/2026/11/20/analysis_2026-11-20.csv is not an analysis");
    }

    @Test
    void answersAnAnalysisAboveTheSizeLimitWithAProblem() throws Exception {
        StringBuilder trades = new StringBuilder("ticker,price,quantity\n");
        for (int i = 0; i < 40_000; i++) {
            trades.append("TICKER").append(i).append(",187.12,100\n");
        }
        put(FILE.tradesKey(), trades.toString());
        JsonTree problem = problem(event("api-gateway-http"));
        assertThat(problem.text("status")).contains("500");
        assertThat(problem.text("detail"))
                .contains("the analysis is larger than a function's answer may be: read"
                        + " s3://trades/2026/11/20/analysis_2026-11-20.csv");
        assertThat(answer(event("api-gateway-rest")).text("statusCode"))
                .describedAs("the CSV is smaller")
                .contains("200");
    }

    @Test
    void analysesTheObjectsOfANotificationOnce() throws Exception {
        put("venue a+b/ü/2026/11/20/trades.csv", TRADES);
        AnalyzeTradesHandler handler = handler("venue a+b/ü/", bucket);
        String first = handle(handler, event("s3-notification"));
        assertThat(first)
                .isEqualTo("{\"analyses\":["
                        + SUMMARY.formatted("false")
                                .replace("\"2026/11/20/analysis", "\"venue a+b/ü/2026/11/20/analysis")
                        + "],\"skipped\":[\"s3://trades/2026/11/21/trades.csv.gz\","
                        + "\"s3://trades/2026/11/22/trades.csv\"]}");
        assertThat(handle(handler, event("s3-notification"))).contains("\"repeated\":true");
    }

    @Test
    void analysesTheObjectOfAnEventBridgeEvent() throws Exception {
        put("venue+a%20b/2026/11/20/trades.csv", TRADES);
        assertThat(handle(handler("venue+a%20b/", bucket), event("eventbridge-s3")))
                .contains("\"key\":\"venue+a%20b/2026/11/20/analysis_2026-11-20.csv\"");
    }

    @Test
    void isNotTriggeredByItsOwnOutput() throws Exception {
        put(FILE.tradesKey(), TRADES + "AAPL,1,1\n".repeat(200) + "bad\n");
        handle("{\"date\":\"2026-11-20\"}");
        for (String key : bucket.keys("")) {
            if (!key.equals(FILE.tradesKey())) {
                assertThat(handle(notificationOf(key)))
                        .isEqualTo("{\"analyses\":[],\"skipped\":[\"s3://trades/" + key + "\"]}");
            }
        }
        assertThat(bucket.keys("")).hasSize(3);
    }

    @Test
    void skipsAnObjectThatWasDeletedSince() throws Exception {
        assertThat(handle(notificationOf(FILE.tradesKey())))
                .isEqualTo("{\"analyses\":[],\"skipped\":[\"s3://trades/2026/11/20/trades.csv\"]}");
    }

    @Test
    void analysesEveryObjectBeforeItFails() throws Exception {
        put("2026/11/19/trades.csv", "ticker,quantity\n");
        put(FILE.tradesKey(), TRADES);
        String both = notificationOf("2026/11/19/trades.csv").replace("]}", ",")
                + notificationOf(FILE.tradesKey()).substring("{\"Records\":[".length());
        assertThatExceptionOfType(AnalysisFailedException.class)
                .isThrownBy(() -> handle(both))
                .withMessageStartingWith("s3://trades/2026/11/19/trades.csv: line 1: ");
        assertThat(bucket.head(FILE.analysisKey())).isPresent();
        assertThat(context.log()).contains("s3://trades/2026/11/19/trades.csv: line 1: ");
    }

    @Test
    void rejectsANotificationOfAnotherBucket() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> handle(notificationOf("2026/11/20/trades.csv").replace("\"trades\"", "\"other\"")))
                .withMessage("event is of bucket 'other', but TRADEOPS_BUCKET is 'trades'");
    }

    @Test
    void analysesTheDayBeforeTheTimeOfAScheduledEvent() throws Exception {
        put(FILE.tradesKey(), TRADES);
        assertThat(handle(event("eventbridge-schedule")))
                .isEqualTo("{\"analyses\":[" + SUMMARY.formatted("false") + "],\"skipped\":[]}");
    }

    @Test
    void analysesYesterdayIfAScheduledEventHasNoTime() throws Exception {
        put("2026/12/31/trades.csv", TRADES);
        assertThat(handle("{\"detail-type\":\"Scheduled Event\"}")).contains("\"date\":\"2026-12-31\"");
    }

    private String handle(String event) throws IOException {
        return handle(handler("", bucket), event);
    }

    private String handle(AnalyzeTradesHandler handler, String event) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), out, context);
        return out.toString(UTF_8);
    }

    private JsonTree answer(String event) throws IOException {
        return tree(handle(event));
    }

    private JsonTree problem(String event) throws IOException {
        JsonTree answer = answer(event);
        JsonTree problem = tree(answer.text("body").orElseThrow());
        assertThat(answer.text("headers", "Content-Type")).contains("application/problem+json");
        assertThat(answer.text("statusCode")).isEqualTo(problem.text("status"));
        return problem;
    }

    private static AnalyzeTradesHandler handler(String prefix, TradeBucket bucket) {
        LambdaSettings settings = new LambdaSettings(bucket.name(), prefix, new BigDecimal("0.01"));
        return new AnalyzeTradesHandler(settings, bucket, () -> Instant.parse("2027-01-01T00:00:00Z"));
    }

    private static String notificationOf(String key) {
        return "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\",\"s3\":{"
                + "\"bucket\":{\"name\":\"trades\"},\"object\":{\"key\":\"" + key + "\"}}}]}";
    }

    private static String event(String name) throws IOException {
        return new String(ReferenceAnalysis.file("events/" + name + ".json"), UTF_8);
    }

    private static JsonTree tree(String json) throws IOException {
        return JsonTree.read(new ByteArrayInputStream(json.getBytes(UTF_8)));
    }

    private static String put(String key, String content) throws IOException {
        return bucket.put(key, content.getBytes(UTF_8), "text/csv", Map.of());
    }

    private static String text(String key) throws IOException {
        try (TradeObjectStream stream = bucket.open(key).orElseThrow()) {
            return new String(stream.readAllBytes(), UTF_8);
        }
    }
}
