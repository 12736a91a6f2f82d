package io.tradeops.app.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradeops.app.TradeOpsServer;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Setting;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.RawHttp;
import io.tradeops.app.support.TestConfig;
import io.tradeops.app.support.TestDatabase;
import io.tradeops.app.support.TradeRows;
import io.tradeops.core.trade.EpochNanos;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Streams of all trades. The full-size proof of constant memory is {@code -Dtradeops.export.rows=10000000} with a
 * server heap of {@code -Xmx256m}; {@code docs/performance.md} has its figures.
 */
class TradeExportIT {

    private static final int EXPORTS = 16;
    private static final int PER_ADDRESS = 2;
    private static final int ROWS = Integer.getInteger("tradeops.export.rows", 200_000);

    @TempDir
    static Path databaseDirectory;

    @TempDir
    static Path serverDirectory;

    private static TestDatabase postgres;
    private static TradeOpsServer server;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        postgres = TestDatabase.in(databaseDirectory);
        server = TradeOpsServer.start(ServerConfig.of(TestConfig.settings(serverDirectory)
                .with(Setting.DATABASE_URL, postgres.url())
                .with(Setting.DATABASE_USER, postgres.user())
                .with(Setting.DATABASE_PASSWORD, postgres.password())
                .with(Setting.TRUSTED_PROXIES, "127.0.0.1")
                .with(Setting.EXPORTS_PER_ADDRESS, String.valueOf(PER_ADDRESS))));
        client = new Client(server.uri());
        TradeRows.insert(server.backends().database(), "BULK", ROWS);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        postgres.close();
    }

    @Test
    void csvHasTheColumnsOfTheDailyFileAndEachRowOnceInOrder() throws Exception {
        try (BufferedReader lines = stream("trades/?ticker=BULK", "text/csv")) {
            assertThat(lines.readLine()).isEqualTo("id,ticker,price,quantity,side,timestamp,trade_id");
            String last = "";
            for (int i = 0; i < ROWS; i++) {
                String[] columns = lines.readLine().split(",", -1);
                String key = EpochNanos.of(Instant.parse(columns[5])) + columns[0];
                if (columns.length != 7 || key.compareTo(last) <= 0) {
                    throw new AssertionError("row " + i + ": " + key + " after " + last);
                }
                last = key;
            }
            assertThat(lines.readLine()).isNull();
        }
    }

    @Test
    void linesAreTheObjectsOfTheArray() throws Exception {
        client.post("trades/", """
                {"ticker":"LINE","price":1.5,"quantity":2,"side":"sell","timestamp":"2024-01-01T00:00:00Z","trade_id":"a\\"b"}
                """);
        client.post(
                "trades/", "{\"ticker\":\"LINE\",\"price\":2,\"quantity\":2,\"timestamp\":\"2024-01-02T00:00:00Z\"}");
        JsonNode array = client.get("trades/?ticker=LINE").json();

        Client.Answer lines = client.get("trades/?ticker=LINE", "application/x-ndjson");

        assertThat(lines.header("Content-Type")).startsWith("application/x-ndjson");
        assertThat(lines.body()).isEqualTo(array.get(0) + "\n" + array.get(1) + "\n");
    }

    @Test
    void exportedCsvIsAValidBatch() throws Exception {
        String csv =
                client.get("trades/?ticker=BULK&limit=100", "text/csv").body().replace("BULK", "BACK");

        Client.Answer answer = client.send(client.request("trades/batch")
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString(csv)));

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(columns(client.get("trades/?ticker=BACK", "text/csv").body()))
                .isEqualTo(columns(csv));
    }

    @Test
    void limitGivesAPageWithALink() throws Exception {
        Client.Answer page = client.get("trades/?ticker=BULK&limit=3", "text/csv");
        String next = page.header("Link").replaceAll("<(.*)>; rel=\"next\"", "$1");
        Client.Answer second = client.get(next, "text/csv");

        assertThat(page.body().lines()).hasSize(4);
        assertThat(second.body().lines()).hasSize(4);
        assertThat(second.body()).isNotEqualTo(page.body());
        assertThat(client.get("trades/?ticker=BULK&from=2199-01-01", "text/csv")
                        .body()
                        .lines())
                .hasSize(1);
    }

    @Test
    void streamStartsAtTheCursor() throws Exception {
        String link = client.get("trades/?ticker=BULK&limit=7").header("Link");
        String cursor = link.replaceAll(".*cursor=([^&>]*).*", "$1");

        try (BufferedReader lines = stream("trades/?ticker=BULK&cursor=" + cursor, "application/x-ndjson")) {
            assertThat(lines.lines().count()).isEqualTo(ROWS - 7L);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | application/json",
                "text/html,application/xhtml+xml,*/*;q=0.8 | application/json",
                "text/* | text/csv",
                "application/json;q=0.1,text/csv;q=0.9 | text/csv",
                "application/json;q=0.9,text/csv;q=0.1 | application/json",
                "application/x-ndjson, text/csv;q=0.5 | application/x-ndjson"
            })
    void acceptHeaderSelectsTheFormat(String accept, String type) throws Exception {
        Client.Answer answer = client.get("trades/?limit=1", accept);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(type);
    }

    @Test
    void invalidQueryIsAProblem() throws Exception {
        Client.Answer answer = client.get("trades/?limit=0", "text/csv");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void failedStreamIsCutOff() throws Exception {
        try (BufferedReader lines = stream("trades/?ticker=BULK", "text/csv")) {
            for (int i = 0; i < 1_000; i++) {
                lines.readLine();
            }
            postgres.stop();
            try {
                assertThatThrownBy(() -> lines.lines().forEach(line -> {})).hasRootCauseInstanceOf(IOException.class);
            } finally {
                postgres.startAgain();
            }
        }
        Eventually.await(
                "the server recovers", () -> client.get("trades/?limit=1").status() == 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1", "HTTP/1.0"})
    void failedStreamIsCutOffWithoutKeepAliveToo(String version) throws Exception {
        RawHttp raw = new RawHttp(server.uri());
        try (Socket socket = raw.connect()) {
            ask(socket, version);
            InputStream in = socket.getInputStream();
            byte[] some = in.readNBytes(100_000);
            assertThat(new String(some, StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200");
            postgres.stop();
            try {
                assertThatThrownBy(() -> in.transferTo(OutputStream.nullOutputStream()))
                        .isInstanceOf(SocketException.class);
            } finally {
                postgres.startAgain();
            }
        }
        Eventually.await(
                "the server recovers", () -> client.get("trades/?limit=1").status() == 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1", "HTTP/1.0"})
    void streamIsCompleteWithoutKeepAlive(String version) throws Exception {
        try (Socket socket = new RawHttp(server.uri()).connect()) {
            ask(socket, version);
            String body = RawHttp.read(socket).body();

            assertThat(body.endsWith("\r\n0\r\n\r\n")).as("a last chunk").isEqualTo(version.equals("HTTP/1.1"));
            assertThat(body.replaceAll("\r\n[0-9a-f]+\r\n", "").lines().filter(line -> line.contains(",BULK,")))
                    .hasSize(ROWS);
        }
    }

    @Test
    void clientsThatReadNothingDoNotBlockOtherRequests() throws Exception {
        RawHttp raw = new RawHttp(server.uri());
        List<Socket> readers = new ArrayList<>();
        try {
            for (int i = 0; i < EXPORTS; i++) {
                Socket reader = raw.connect();
                readers.add(reader);
                ask(reader, "HTTP/1.1", "203.0.113." + i / PER_ADDRESS);
                assertThat(reader.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
            }

            Client.Answer refused = client.get("trades/?ticker=BULK", "text/csv");
            assertThat(refused.status()).as(refused.body()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(client.get("trades/?ticker=BULK&limit=5", "text/csv").status())
                    .isEqualTo(200);
            assertThat(client.get("health/live").status()).isEqualTo(200);
        } finally {
            for (Socket reader : readers) {
                reader.close();
            }
        }
        Eventually.await("exports start again", () -> {
            try (Socket reader = raw.connect()) {
                ask(reader, "HTTP/1.1");
                return new String(reader.getInputStream().readNBytes(12), StandardCharsets.UTF_8).endsWith("200");
            }
        });
    }

    @Test
    void exportsOfOneAddressLeaveSomeForOthers() throws Exception {
        RawHttp raw = new RawHttp(server.uri());
        List<Socket> readers = new ArrayList<>();
        try {
            for (int i = 0; i <= PER_ADDRESS + 1; i++) {
                Socket reader = raw.connect();
                readers.add(reader);
                ask(reader, "HTTP/1.1", i <= PER_ADDRESS ? "203.0.113.77" : "203.0.113.78");
                assertThat(reader.getInputStream().readNBytes(12))
                        .asString()
                        .isEqualTo(i == PER_ADDRESS ? "HTTP/1.1 429" : "HTTP/1.1 200");
            }
        } finally {
            for (Socket reader : readers) {
                reader.close();
            }
        }
    }

    private static void ask(Socket socket, String version) throws IOException {
        ask(socket, version, "127.0.0.1");
    }

    private static void ask(Socket socket, String version, String client) throws IOException {
        String head = "GET /trades/?ticker=BULK " + version + "\r\nHost: localhost\r\nAccept: text/csv\r\n"
                + "X-Forwarded-For: " + client + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }

    private static BufferedReader stream(String path, String accept) throws Exception {
        HttpResponse<InputStream> response = HttpClient.newHttpClient()
                .send(client.request(path).header("Accept", accept).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** All columns except the server's id. */
    private static List<String> columns(String csv) throws IOException {
        List<String> rows = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> rows.add(line.substring(line.indexOf(','))));
        }
        return rows;
    }
}
