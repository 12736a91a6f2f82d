package io.tradeops.app.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.RawHttp;
import io.tradeops.app.support.TestServer;
import io.tradeops.app.support.TradeRows;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are wrong as HTTP, as JSON or as a query get the right 4xx, never a 5xx. */
class BadInputIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String POST_JSON = "POST /trades/ HTTP/1.1\r\nContent-Type: application/json";

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    private static final Client client = server.client();
    private static final RawHttp raw = server.raw();

    @BeforeAll
    static void storeTrades() {
        TradeRows.insert(server.database(), "HEAD", 5_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NONSENSE | 400",
                "GET /trades/ HTTP/9.9 | 400",
                "BREW /trades/ HTTP/1.1 | 405",
                "TRACE /trades/ HTTP/1.1 | 405",
                "TRACE /nothing HTTP/1.1 | 404",
                "CONNECT elsewhere.example:80 HTTP/1.1 | 400",
                "CONNECT / HTTP/1.1 | 400",
                "PUT /trades/ HTTP/1.1 | 405",
                "GET /%ff%fe HTTP/1.1 | 400",
                "GET /trades/%zz HTTP/1.1 | 400",
                "GET /trades/%00 HTTP/1.1 | 400",
                "GET /../../etc/passwd HTTP/1.1 | 400",
                "GET /%2e%2e/etc/passwd HTTP/1.1 | 400",
                "GET /trades/../health/live HTTP/1.1 | 404",
                "GET /trades%2f1 HTTP/1.1 | 400",
                "GET //trades/ HTTP/1.1 | 400",
                "GET /trades;x=.js HTTP/1.1 | 400",
                "GET http://elsewhere.example/trades/ HTTP/1.1 | 400",
                "OPTIONS * HTTP/1.1 | 404"
            })
    void wrongRequestLineIsAProblem(String line, int status) throws Exception {
        assertProblem(raw.send("", line), status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length: 2 , Content-Length: 3 | 400",
                "Content-Length: 2 , Transfer-Encoding: chunked | 400",
                "Content-Length: -1 | 400",
                "Content-Length: 99999999999999999999 | 400",
                "Transfer-Encoding: gzip, chunked | 400",
                "Transfer-Encoding: smoke | 400",
                "Host: elsewhere.example | 400",
                "X-A : 1 | 400",
                "Expect: miracles , Content-Length: 2 | 417",
                "Content-Encoding: gzip , Content-Length: 2 | 415",
                "Content-Length: 1000000000 | 413",
                "Content-Length: 1000000000 , Expect: 100-continue | 413",
                "Accept: ;;; , Content-Length: 2 | 400",
                "Content-Type: text/csv , Content-Length: 2 | 400",
            })
    void wrongHeadersAreAProblem(String headers, int status) throws Exception {
        String lines = String.join(
                "\r\n", Arrays.stream(headers.split(" , ")).map(String::strip).toList());

        assertProblem(raw.send("{}", POST_JSON, lines), status);
    }

    @Test
    void malformedContentTypeIsAProblem() throws Exception {
        assertProblem(raw.send("{}", "POST /trades/ HTTP/1.1", "Content-Type: ;;;", "Content-Length: 2"), 400);
        assertProblem(raw.send("{}", "POST /trades/ HTTP/1.1", "Content-Type: text/plain", "Content-Length: 2"), 415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-None-Match: abc", "If-Match: \"", "Accept: ;;;", "Content-Encoding: gzip"})
    void malformedHeaderOfAGetIsAProblem(String header) throws Exception {
        assertProblem(
                raw.send("", "GET /docs/index.css HTTP/1.1", header),
                header.startsWith("Content-Encoding") ? 415 : 400);
    }

    @Test
    void missingHostIsAProblem() throws Exception {
        assertProblem(raw.sendBytes(bytes("GET /trades/ HTTP/1.1\r\nConnection: close\r\n\r\n")), 400);
    }

    @Test
    void tlsHandshakeIsAProblem() throws Exception {
        assertProblem(raw.sendBytes(new byte[] {0x16, 3, 1, 0, (byte) 0xa5, 1, 0, '\r', '\n', '\r', '\n'}), 400);
    }

    @Test
    void headThatIsTooLargeIsAProblem() throws Exception {
        assertProblem(raw.send("", "GET /trades/ HTTP/1.1", "X-Large: " + "a".repeat(64 * 1024)), 431);
        assertProblem(raw.send("", "GET /trades/ HTTP/1.1", "X: 1\r\n".repeat(5_000) + "Y: 1"), 431);
        assertProblem(raw.send("", "GET /trades/?ticker=" + "A".repeat(64 * 1024) + " HTTP/1.1"), 414);
        assertProblem(raw.send("", "GET /trades/?ticker=" + "A".repeat(9_000) + " HTTP/1.1"), 414);
    }

    @Test
    void malformedChunksAreAProblem() throws Exception {
        assertProblem(raw.send("zz\r\n{}\r\n0\r\n\r\n", POST_JSON, "Transfer-Encoding: chunked"), 400);
        assertProblem(raw.send("ffffffffffffffff\r\n{}", POST_JSON, "Transfer-Encoding: chunked"), 400);
    }

    @ParameterizedTest
    @CsvSource({
        "trades/,*/*",
        "trades/?limit=1,*/*",
        "trades/?ticker=HEAD,*/*",
        "trades/?ticker=HEAD,text/csv",
        "trades/?ticker=HEAD&limit=300,text/csv",
        "trades/?ticker=HEAD,application/x-ndjson",
        "trades/00000000-0000-7000-8000-000000000000,*/*",
        "trades/?limit=0,text/csv",
        "alerts/,*/*",
        "health/live,*/*",
        "metrics,*/*",
        "openapi.json,*/*",
        "docs,*/*",
        "page.js,*/*",
        "'',*/*",
        "nothing,*/*"
    })
    void headIsAnsweredAsGetWithoutTheBody(String path, String accept) throws Exception {
        RawHttp.Answer get = raw.send("", "GET /" + path + " HTTP/1.1", "Accept: " + accept);
        RawHttp.Answer head = raw.send("", "HEAD /" + path + " HTTP/1.1", "Accept: " + accept);

        assertThat(head.body()).isEmpty();
        assertThat(head.status()).isEqualTo(get.status());
        for (String header : List.of("Content-Type", "Content-Length", "Transfer-Encoding", "Link")) {
            assertThat(head.header(header)).as(header).isEqualTo(get.header(header));
        }
    }

    @Test
    void headOfAStreamDoesNotOpenIt() throws Exception {
        RawHttp.Answer head = raw.send("", "HEAD /alerts/stream HTTP/1.1");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(head.header("Content-Length")).isEmpty();
        assertThat(head.body()).isEmpty();
        assertThat(client.get("metrics").body()).contains("tradeops_alert_stream_clients 0");
    }

    @Test
    void optionsAnswersOnlyTheMethods() throws Exception {
        RawHttp.Answer answer = raw.send("", "OPTIONS /trades/ HTTP/1.1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Allow").split(", ?")).containsExactlyInAnyOrder("GET", "HEAD", "POST", "OPTIONS");
        assertThat(answer.text()).doesNotContainIgnoringCase("wadl");
        for (String method : List.of("TRACE", "BREW", "get")) {
            assertThat(raw.send("", method + " /trades/ HTTP/1.1")
                            .header("Allow")
                            .split(", ?"))
                    .as(method)
                    .containsExactlyInAnyOrder("GET", "HEAD", "POST", "OPTIONS");
        }
    }

    @Test
    void tunnelIsNotOpened() throws Exception {
        assertProblem(raw.send("", "CONNECT " + server.uri().getAuthority() + " HTTP/1.1"), 405);
    }

    @Test
    void methodsAreCaseSensitive() throws Exception {
        assertThat(raw.send("", "get /health/live HTTP/1.1").status()).isBetween(400, 499);
    }

    @Test
    void chunkedBodyOfAGigabyteIsCutOffAndUsesNoMemory() throws Exception {
        System.gc();
        long before = usedHeap();
        byte[] chunk = bytes("100000\r\n" + "[".repeat(1 << 20) + "\r\n");
        long sent = 0;
        RawHttp.Answer answer;
        try (Socket socket = raw.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes(POST_JSON + "\r\nTransfer-Encoding: chunked\r\nHost: "
                    + server.uri().getAuthority() + "\r\n\r\n"));
            try {
                while (sent < 1 << 30) {
                    out.write(chunk);
                    sent += 1 << 20;
                }
            } catch (IOException e) {
                // the server has closed the connection, as it should
            }
            answer = readOr(socket);
        }

        assertThat(sent).isLessThan(100 << 20);
        if (!answer.text().isEmpty()) { // lost if the connection is reset while the client writes
            assertThat(answer.status()).isEqualTo(413);
        }
        System.gc();
        assertThat(usedHeap() - before).isLessThan(64L << 20);
        assertThat(client.get("health/live").status()).isEqualTo(200);
    }

    /**
     * Every request has a unique part. If the server retained these parts, one kind of request alone would exceed the
     * bound.
     */
    @Test
    void badRequestsUseNoMemory() throws Exception {
        sendBadRequests(0, 200);
        long before = heapAfterCollection();

        sendBadRequests(200, 1_200);

        long retained = heapAfterCollection() - before;
        System.err.println("heap after 7,000 bad requests: " + retained / 1024 + " KiB more");
        assertThat(retained).isLessThan(12L << 20);
    }

    private static void sendBadRequests(int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            String large = String.valueOf(10_000 + i).repeat(6_000);
            String medium = large.substring(0, 7_500);
            List<Client.Answer> answers = List.of(
                    client.post("trades/", "{\"ticker\":\"" + large + "\"}"),
                    client.post("trades/", "{\"n" + i + "\":" + "[".repeat(100) + large),
                    client.send(client.request("trades/batch")
                            .header("Content-Type", "text/csv")
                            .header("Idempotency-Key", "bad-" + i)
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "ticker,price,quantity\nA,0,1\n" + large + "\n"))),
                    client.post("trades/batch", "[{\"ticker\":\"A\",\"price\":\"" + large + "\"}]"),
                    client.get("trades/?ticker=" + medium),
                    client.get("nothing/" + large.substring(0, 15_000)),
                    client.get("trades/?cursor=" + medium));
            assertThat(answers).extracting(Client.Answer::status).containsExactly(422, 400, 422, 422, 422, 404, 400);
        }
    }

    /** The least of several measurements, because the server's threads make garbage in between. */
    private static long heapAfterCollection() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, usedHeap());
        }
        return least;
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32", "windows-1252"})
    void bodyInAnotherCharsetIsRefused(String charset) throws Exception {
        String json = "{\"ticker\":\"A\",\"price\":1,\"quantity\":1,\"trade_id\":\"é\"}";
        Client.Answer answer = client.send(client.request("trades/")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.getBytes(Charset.forName(charset)))));

        assertProblem(answer, 400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"ticker\":\"A\",\"price\":1,\"quantity\":1,\"trade_id\":\"\\u0000\"} | 422",
                "{\"ticker\":\"A\\u0000\",\"price\":1,\"quantity\":1} | 422",
                "{\"ticker\":\"A\",\"price\":1,\"quantity\":1,\"trade_id\":\"\\ud800\"} | 422",
                "{\"ticker\":\"A\",\"price\":1,\"quantity\":1,\"side\":\"\\udfff\\ud800\"} | 422",
                "{\"ticker\":\"A\",\"price\":Infinity,\"quantity\":1} | 400",
                "{\"ticker\":\"A\",\"price\":1e1000000000,\"quantity\":1e-1000000000} | 422",
                "{\"ticker\":\"A\",\"price\":1,\"quantity\":1,\"timestamp\":\"+999999-01-01T00:00:00Z\"} | 422",
                "{\"ticker\":\"A\",\"price\":1,\"quantity\":1,\"timestamp\":\"2023-02-29T00:00:00Z\"} | 422",
                "{\"ticker\":\"A\",\"price\":1,\"quantity\":1,\"timestamp\":1763649000} | 422",
                "{\"ticker\":{\"a\":1},\"price\":1,\"quantity\":1} | 422",
                "[[{\"ticker\":\"A\",\"price\":1,\"quantity\":1}]] | 422",
                "\"A\" | 422",
                "null | 422",
                "{'ticker':'A','price':1,'quantity':1} | 400",
                "{\"ticker\":\"A\",\"price\":1,\"quantity\":1,} | 400",
                "/* */ {\"ticker\":\"A\",\"price\":1,\"quantity\":1} | 400",
                "{\"ticker\":\"A\",\"price\":+1,\"quantity\":1} | 400",
                "{\"ticker\":\"A\",\"price\":0x10,\"quantity\":1} | 400"
            })
    void tradeOfTheWrongKindIsRefused(String json, int status) throws Exception {
        assertProblem(client.post("trades/", json), status);
    }

    @Test
    void largeDeepAndLongValuesAreRefused() throws Exception {
        assertProblem(client.post("trades/", "{\"ticker\":\"" + "A".repeat(2 << 20) + "\"}"), 413);
        assertProblem(client.post("trades/", "{\"a\":".repeat(10_000)), 400);
        assertProblem(client.post("trades/", "{\"price\":" + "9".repeat(5_000) + "}"), 400);
        assertProblem(client.post("trades/", "{\"price\":\"" + "9".repeat(5_000) + "\"}"), 422);
    }

    @Test
    void invalidUtf8IsRefused() throws Exception {
        byte[] json = bytes("{\"ticker\":\"A\",\"price\":1,\"quantity\":1,\"trade_id\":\"\u00ff\u00fe\"}");

        assertProblem(
                client.send(client.request("trades/")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(json))),
                400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from=2026-02-29 | 422",
                "from=2024-02-29 | 200",
                "from=%2B999999-01-01T00:00:00Z | 422",
                "from=-000001-01-01 | 422",
                "from=2026-11-21&to=2026-11-20 | 422",
                "from=&to= | 422",
                "limit= | 422",
                "limit=1e3 | 422",
                "limit=-1 | 422",
                "limit=99999999999999999999 | 422",
                "order=asc&order=desc | 422",
                "cursor=a&cursor=b | 422",
                "ticker=%00 | 422",
                "ticker=%ff%fe | 422",
                "ticker=A%zz | 422",
                "cursor=%00 | 400",
                "cursor=MTIzfA | 400",
                "ticker=A' or 1=1-- | 422",
                "unknown=1 | 200",
                "& | 200"
            })
    void wrongQueryIsAProblem(String query, int status) throws Exception {
        for (String list : new String[] {"trades", "averages", "alerts"}) {
            RawHttp.Answer answer = raw.send("", "GET /" + list + "/?" + query.replace(" ", "%20") + " HTTP/1.1");
            if (status == 200) {
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            } else {
                assertProblem(answer, status);
            }
        }
    }

    @Test
    void requestIdOfTheClientIsReplaced() throws Exception {
        RawHttp.Answer answer = raw.send("", "GET /health/live HTTP/1.1", "X-Request-Id: <script>");

        assertThat(answer.header("X-Request-Id")).hasSize(36).doesNotContain("script");
    }

    private static void assertProblem(Client.Answer answer, int status) throws Exception {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertProblem(answer.body(), answer.header("Content-Type"), answer.header("X-Request-Id"), status);
    }

    private static void assertProblem(RawHttp.Answer answer, int status) throws Exception {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("X-Content-Type-Options")).as(answer.text()).isEqualTo("nosniff");
        assertThat(answer.header("Server")).isEmpty();
        assertProblem(answer.body(), answer.header("Content-Type"), answer.header("X-Request-Id"), status);
    }

    private static void assertProblem(String body, String type, String requestId, int status) throws Exception {
        assertThat(type).as(body).isEqualTo("application/problem+json");
        JsonNode problem = JSON.readTree(body);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("title").textValue()).isNotBlank();
        assertThat(problem.get("request_id").textValue()).isNotBlank().isEqualTo(requestId);
        assertThat(body)
                .doesNotContain(
                        "Exception", "io.tradeops", "org.", "jetty", "jersey", "badMessage", "select ", "\\tat ");
    }

    private static RawHttp.Answer readOr(Socket socket) {
        try {
            return RawHttp.read(socket);
        } catch (IOException e) {
            return new RawHttp.Answer("");
        }
    }

    private static long usedHeap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
