package io.tradeops.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.TestServer;
import io.tradeops.core.csv.DailyTradeFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Compares {@code GET /metrics} with its table in the docs, and its counts with what the test has done. */
class MetricsIT {

    private static final Path DOCS = Path.of("../docs/operations.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z_]+)(\\{[^}]*})?` \\|", Pattern.MULTILINE);

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    private static final Client client = server.client();

    @BeforeAll
    static void awaitTicks() throws Exception {
        Eventually.await("ticks are stored", () -> server.running().lastStored() > 0);
    }

    @Test
    void everyDocumentedMetricExists() throws Exception {
        client.get("averages/");
        client.post("trades/", "{}");
        String docs = Files.readString(DOCS);
        List<String> documented = ROW.matcher(docs.substring(docs.indexOf("## Metrics"), docs.indexOf("## Logs")))
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
        assertThat(documented).hasSizeGreaterThan(25);

        Eventually.await("the refusal is counted", () -> metrics().contains("tradeops_input_errors_total"));
        List<String> there = metrics()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst("[{ ].*", ""))
                .distinct()
                .toList();
        assertThat(there).containsAll(documented);
    }

    @Test
    void contentTypeIsThatOfPrometheusText() throws Exception {
        assertThat(client.get("metrics").header("Content-Type")).isEqualTo("text/plain;charset=utf-8;version=0.0.4");
        assertThat(client.get("metrics/").status()).isEqualTo(200);
    }

    @Test
    void requestsAreCountedByPathTemplateEvenIfRefused() throws Exception {
        double before = count("GET", "/trades/{id}", 404);
        client.get("trades/00000000-0000-7000-8000-000000000000");
        client.get("trades/no-uuid");
        Eventually.await("both are counted", () -> count("GET", "/trades/{id}", 404) == before + 2);

        double unmatched = count("GET", "unmatched", 404);
        client.get("nothing/here");
        client.get("nothing");
        Eventually.await("no path is a label", () -> count("GET", "unmatched", 404) == unmatched + 2);

        double wrongMethod = count("DELETE", "unmatched", 405);
        client.send(client.request("trades/").DELETE());
        Eventually.await("what no method takes is counted", () -> count("DELETE", "unmatched", 405) == wrongMethod + 1);
        assertThat(metrics()).doesNotContain("no-uuid", "00000000-0000", "nothing/here");
    }

    @Test
    void requestThatJettyRefusesIsCounted() throws Exception {
        double before = count("other", "unmatched", 400);
        server.raw().send("", "GET /%zz HTTP/1.1");
        Eventually.await("the bad path is counted", () -> count("other", "unmatched", 400) == before + 1);
    }

    @Test
    void histogramAndCounterHaveTheSameCount() throws Exception {
        client.get("averages/");
        Eventually.await("it is counted", () -> count("GET", "/averages", 200) >= 1);

        String metrics = metrics();
        assertThat(
                        value(
                                metrics,
                                "http_server_requests_seconds_bucket{method=\"GET\",route=\"/averages\",status=\"200\",le=\"+Inf\"}"))
                .isEqualTo(value(
                        metrics,
                        "http_server_requests_seconds_count{method=\"GET\",route=\"/averages\",status=\"200\"}"));
    }

    @Test
    void feedAndMonitorCountTheirTicks() throws Exception {
        double published = value(metrics(), "tradeops_feed_ticks_total");
        double stored = value(metrics(), "tradeops_monitor_ticks_stored_total");
        Eventually.await(
                "ticks go on",
                () -> value(metrics(), "tradeops_feed_ticks_total") > published
                        && value(metrics(), "tradeops_monitor_ticks_stored_total") > stored);

        String metrics = metrics();
        assertThat(value(metrics, "tradeops_feed_clients")).isEqualTo(1);
        assertThat(value(metrics, "tradeops_monitor_live")).isEqualTo(1);
        assertThat(value(metrics, "tradeops_monitor_behind_seconds")).isBetween(0.0, 5.0);
        assertThat(value(metrics, "tradeops_monitor_last_seq"))
                .isLessThanOrEqualTo(value(metrics(), "tradeops_feed_last_seq"));
    }

    @Test
    void eachThreadThatMattersIsWatched() throws Exception {
        String metrics = metrics();
        assertThat(List.of(
                        "api-keys",
                        "alert-stream",
                        "feed-sender",
                        "feed-heartbeats",
                        "feed-pings",
                        "feed-source",
                        "monitor",
                        "trade-writer-0",
                        "trade-writer-1",
                        "job-supervisor",
                        "alert-deliveries",
                        "slow-requests",
                        "database-lock",
                        "loop-watch"))
                .allSatisfy(thread ->
                        assertThat(metrics).contains("tradeops_thread_failures_total{thread=\"" + thread + "\"}"));
        assertThat(value(metrics, "tradeops_threads_down")).isZero();
    }

    @Test
    void jobsAreCountedByState() throws Exception {
        double before = value(metrics(), "tradeops_jobs{state=\"succeeded\"}");
        server.running().jobs().queue().finalizeAverages();
        Eventually.await(
                "the job is counted", () -> value(metrics(), "tradeops_jobs{state=\"succeeded\"}") >= before + 1);
        assertThat(value(metrics(), "tradeops_jobs_server_up")).isEqualTo(1);
    }

    @Test
    void rejectedRowsOfCompletedAndFailedAnalysesAreCounted() throws Exception {
        String header = "ticker,price,quantity\n";
        put(LocalDate.of(2001, 2, 3), header + "A,1,1\n".repeat(300) + "A,0,1\nA,1\n");
        put(LocalDate.of(2001, 2, 4), header + "A,1,1\n".repeat(3) + "bad\n".repeat(5));
        server.running().jobs().queue().analyze(LocalDate.of(2001, 2, 3));
        server.running().jobs().queue().analyze(LocalDate.of(2001, 2, 4));

        String rows = "tradeops_analysis_rejected_rows_total{outcome=";
        Eventually.await(
                "both are counted",
                () -> value(metrics(), rows + "\"completed\"}") > 0 && value(metrics(), rows + "\"failed\"}") > 0);
        assertThat(value(metrics(), rows + "\"completed\"}")).isEqualTo(2);
        assertThat(value(metrics(), rows + "\"failed\"}") % 5)
                .as("again with each try")
                .isZero();
    }

    private static void put(LocalDate day, String csv) throws Exception {
        server.running()
                .backends()
                .bucket()
                .put(DailyTradeFile.of(day).tradesKey(), csv.getBytes(StandardCharsets.UTF_8), "text/csv", Map.of());
    }

    @Test
    void pricesAreOneRouteWithAndWithoutAnUpgrade() throws Exception {
        double refused = count("GET", "/prices", 426);
        client.get("prices");
        client.get("prices/");
        Eventually.await("both are counted", () -> count("GET", "/prices", 426) == refused + 2);

        double upgraded = count("GET", "/prices", 101);
        for (String path : List.of("/prices", "/prices/")) {
            URI feed = URI.create("ws://" + server.uri().getAuthority() + path);
            HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(feed, new WebSocket.Listener() {})
                    .get(10, TimeUnit.SECONDS)
                    .abort();
        }
        Eventually.await("both are counted", () -> count("GET", "/prices", 101) == upgraded + 2);
    }

    private static double count(String method, String route, int status) throws Exception {
        return value(
                metrics(),
                "http_server_requests_seconds_count{method=\"" + method + "\",route=\"" + route + "\",status=\""
                        + status + "\"}");
    }

    private static String metrics() throws Exception {
        return client.get("metrics").body();
    }

    /** A metric's value; 0 if the metric is missing. */
    private static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }
}
