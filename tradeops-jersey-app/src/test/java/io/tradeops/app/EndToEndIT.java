package io.tradeops.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradeops.app.feed.market.TickPublisher;
import io.tradeops.app.feed.market.TickSource;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.ScriptedSource;
import io.tradeops.app.support.TestServer;
import io.tradeops.core.csv.DailyTradeFile;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.lambda.bucket.TradeObjectStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The complete server: PostgreSQL, S3, feed, monitor, jobs and REST. */
@SuppressWarnings("TimeInStaticInitializer") // the script's times are before this run
class EndToEndIT {

    private static final Duration WIDTH = Duration.ofMinutes(5);

    /** The start of a window that has ended. */
    private static final Instant WINDOW = floor(Instant.now().minus(Duration.ofMinutes(20)));

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults().fedBy(ScriptedSource::new);

    private static final Client client = server.client();

    /** A tick of the script, seconds after the window's start. */
    private record Scripted(String ticker, String price, String quantity, double seconds) {}

    private static final List<Scripted> SCRIPT = List.of(
            new Scripted("RISE200", "100", "1", 0),
            new Scripted("RISE201", "100", "1", 0),
            new Scripted("LATE201", "100", "1", 0),
            new Scripted("MEAN", "100.1", "1", 10),
            new Scripted("MEAN", "100.2", "2", 20),
            new Scripted("RISE200", "102", "1", 60),
            new Scripted("RISE201", "102.01", "1", 60),
            new Scripted("LATE201", "102.01", "1", 60.001),
            new Scripted("RISE201", "102.02", "1", 60.5),
            new Scripted("MEAN", "100.4", "3", 299.999),
            new Scripted("MEAN", "777", "1", 300),
            new Scripted("EXTREME", "0.00000001", "1", 310),
            new Scripted("EXTREME", "9999999999.99999999", "1", 311));

    @BeforeAll
    static void awaitScript() throws Exception {
        Eventually.await(
                "the monitor has stored the script", () -> server.running().lastStored() == SCRIPT.size());
    }

    @Test
    void riseOfMoreThanTwoPercentWithinAMinuteIsExactlyOneAlert() throws Exception {
        JsonNode alerts = client.get("alerts/?ticker=RISE200,RISE201,LATE201").json();

        assertThat(alerts).hasSize(1);
        JsonNode alert = alerts.get(0);
        assertThat(alert.get("ticker").textValue()).isEqualTo("RISE201");
        assertThat(alert.get("rule").textValue()).isEqualTo("up>2%/60s");
        assertThat(alert.get("change_percent").decimalValue()).isEqualByComparingTo("2.01");
        assertThat(alert.get("reference").get("price").decimalValue()).isEqualByComparingTo("100");
        assertThat(alert.get("reference").get("timestamp").textValue()).isEqualTo(EpochNanos.format(WINDOW));
        assertThat(alert.get("reference").get("seq").longValue()).isEqualTo(2);
        assertThat(alert.get("trigger").get("price").decimalValue()).isEqualByComparingTo("102.01");
        assertThat(alert.get("trigger").get("timestamp").textValue())
                .isEqualTo(EpochNanos.format(WINDOW.plusSeconds(60)));
        assertThat(alert.get("trigger").get("seq").longValue()).isEqualTo(7);
    }

    @Test
    void largestRiseThatPricesAllowIsStoredExactly() throws Exception {
        JsonNode alerts = client.get("alerts/?ticker=EXTREME").json();

        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).get("change_percent").decimalValue()).isEqualByComparingTo("99999999999999999800");
    }

    @Test
    void storedAverageOfAWindowIsTheSumOfItsPricesOverTheirNumber() throws Exception {
        server.running().jobs().queue().finalizeAverages();
        String query = "averages/?ticker=MEAN&to=" + EpochNanos.format(WINDOW);
        Eventually.await("the average is stored", () -> client.get(query).json().size() == 1);

        JsonNode average = client.get(query).json().get(0);
        assertThat(average.get("window_start").textValue()).isEqualTo(EpochNanos.format(WINDOW));
        assertThat(average.get("window_end").textValue()).isEqualTo(EpochNanos.format(WINDOW.plus(WIDTH)));
        assertThat(average.get("tick_count").longValue()).isEqualTo(3);
        assertThat(average.get("average_price").decimalValue())
                .isEqualByComparingTo(new BigDecimal("300.7").divide(BigDecimal.valueOf(3), 8, RoundingMode.HALF_EVEN));
        assertThat(average.get("vwap").decimalValue())
                .isEqualByComparingTo(new BigDecimal("601.7").divide(BigDecimal.valueOf(6), 8, RoundingMode.HALF_EVEN));
        assertThat(average.get("open").decimalValue()).isEqualByComparingTo("100.1");
        assertThat(average.get("high").decimalValue()).isEqualByComparingTo("100.4");
        assertThat(average.get("low").decimalValue()).isEqualByComparingTo("100.1");
        assertThat(average.get("close").decimalValue()).isEqualByComparingTo("100.4");
        assertThat(average.get("volume").decimalValue()).isEqualByComparingTo("6");
        assertThat(average.get("revision").intValue()).isEqualTo(1);
    }

    @Test
    void analysisOfADayEqualsItsTradesToTheLastDigit() throws Exception {
        String first = enter("{\"ticker\":\"AAPL\",\"price\":187.1234,\"quantity\":100,\"side\":\"buy\","
                + "\"timestamp\":\"2024-02-29T00:00:00Z\",\"trade_id\":\"a,1\"}");
        String second = enter("{\"ticker\":\"AAPL\",\"price\":\"187.12340001\",\"quantity\":\"0.00000003\","
                + "\"timestamp\":\"2024-02-29T23:59:59.999999Z\"}");
        enter("{\"ticker\":\"AAPL\",\"price\":1,\"quantity\":1,\"timestamp\":\"2024-03-01T00:00:00Z\"}");

        Client.Answer queued = client.post("analysis/?date=2024-02-29", "");
        assertThat(queued.status()).isEqualTo(202);
        String location = queued.header("Location");
        Eventually.await("the analysis is there", () -> client.get(location).status() == 200);

        JsonNode analysis = client.get(location).json();
        assertThat(analysis.get("rows").longValue()).isEqualTo(2);
        assertThat(analysis.get("key").textValue()).isEqualTo("2024/02/29/analysis_2024-02-29.csv");
        JsonNode result = analysis.get("results").get(0);
        assertThat(result.get("total_volume").decimalValue()).isEqualByComparingTo("100.00000003");
        assertThat(result.get("average_price").decimalValue()).isEqualByComparingTo("187.1234");
        assertThat(result.get("total_notional").decimalValue()).isEqualByComparingTo("18712.3400056137020003");
        assertThat(result.get("first_price").decimalValue()).isEqualByComparingTo("187.1234");
        assertThat(result.get("last_price").decimalValue()).isEqualByComparingTo("187.12340001");

        DailyTradeFile file = DailyTradeFile.of(LocalDate.of(2024, 2, 29));
        assertThat(object(file.tradesKey()))
                .isEqualTo("id,ticker,price,quantity,side,timestamp,trade_id\n"
                        + first + ",AAPL,187.1234,100,buy,2024-02-29T00:00:00Z,\"a,1\"\n"
                        + second + ",AAPL,187.12340001,0.00000003,,2024-02-29T23:59:59.999999Z,\n");
        assertThat(client.get(location, "text/csv").body()).isEqualTo(object(file.analysisKey()));
        assertThat(result.get("total_notional").decimalValue())
                .isEqualByComparingTo(inDatabase("sum(price * quantity)"));
        assertThat(result.get("total_volume").decimalValue()).isEqualByComparingTo(inDatabase("sum(quantity)"));
        assertThat(result.get("average_price").decimalValue())
                .isEqualByComparingTo(inDatabase("avg(price)").setScale(8, RoundingMode.HALF_EVEN));
    }

    @Test
    void invalidAnalysisObjectIsNamed() throws Exception {
        String key = "2023/01/02/analysis_2023-01-02.csv";
        server.running().backends().bucket().put(key, new byte[] {'x'}, "text/csv", Map.of());

        Client.Answer answer = client.get("analysis/?date=2023-01-02");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.json().get("detail").textValue()).contains(key, "is not an analysis");
    }

    @Test
    void everyPartIsReadyAndTheDashboardAnswers() throws Exception {
        Eventually.await("every part is ready", () -> client.get("health/ready").status() == 200);
        assertThat(client.get("health/live").status()).isEqualTo(200);
        assertThat(client.get(server.running().dashboardUri().toString()).status())
                .isEqualTo(200);
    }

    private static String enter(String json) throws Exception {
        Client.Answer answer = client.post("trades/", json);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().get("id").textValue();
    }

    private static String object(String key) throws Exception {
        try (TradeObjectStream in =
                server.running().backends().bucket().open(key).orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static BigDecimal inDatabase(String expression) {
        String sql = "select " + expression + " from trades where ticker = 'AAPL'"
                + " and executed_at >= '2024-02-29T00:00:00Z' and executed_at < '2024-03-01T00:00:00Z'";
        return server.database().withConnection(connection -> {
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getBigDecimal(1);
            }
        });
    }

    private static Instant floor(Instant instant) {
        return Instant.ofEpochSecond(instant.getEpochSecond() - instant.getEpochSecond() % WIDTH.toSeconds());
    }

    /** Publishes the whole script on the first call. */
    private static final class ScriptedSource implements TickSource {

        private boolean done;

        @Override
        public void advanceTo(long epochNanos, TickPublisher feed) {
            if (!done) {
                done = true;
                for (Scripted tick : SCRIPT) {
                    feed.publish(
                            tick.ticker(),
                            EpochNanos.of(WINDOW) + Math.round(tick.seconds() * 1e9),
                            FixedDecimal.parse(tick.price()),
                            FixedDecimal.parse(tick.quantity()));
                }
            }
        }

        @Override
        public long position() {
            return EpochNanos.of(Instant.now());
        }
    }
}
