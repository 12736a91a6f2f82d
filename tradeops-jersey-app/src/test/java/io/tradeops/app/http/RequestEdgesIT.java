package io.tradeops.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.support.Client;
import io.tradeops.app.support.RawHttp;
import io.tradeops.app.support.TestServer;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that clients seldom send: preconditions, weights of 0, charsets, encodings, and {@code Expect}. */
class RequestEdgesIT {

    private static final String TRADE = "{\"ticker\":\"EDGE\",\"price\":1,\"quantity\":1}";

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    private static final Client client = server.client();

    @Test
    void failedPreconditionIsAProblem() throws Exception {
        Client.Answer answer = client.send(client.request("docs/index.css").header("If-Match", "\"other\""));

        assertProblem(answer, 412);
        assertThat(client.send(client.request("docs/none.css").header("If-Match", "\"other\""))
                        .status())
                .isEqualTo(404);
        String tag = client.get("docs/index.css").header("ETag");
        assertThat(client.send(client.request("docs/index.css").header("If-Match", tag))
                        .status())
                .isEqualTo(200);
        assertThat(client.send(client.request("docs/index.css").header("If-None-Match", tag))
                        .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trades/?limit=1 | TEXT/CSV | text/csv",
                "trades/?limit=1 | Application/X-NDJSON;q=0.5 | application/x-ndjson",
                "trades/?limit=1 | application/json;q=0, */* | application/x-ndjson",
                "trades/?limit=1 | application/json;q=0, text/*;q=0.5 | text/csv",
                "trades/?limit=1 | text/csv;q=0, */* | application/json",
                "trades/?limit=1 | */*;q=0, text/csv | text/csv",
                "trades/?limit=1 | application/*;q=0.0, application/json | application/json",
                "page.css | text/html;q=0, */* | text/css;charset=utf-8",
                "docs | text/csv;q=0, text/* | text/html;charset=utf-8"
            })
    void typeIsOneThatTheClientAcceptsInLowerCase(String path, String accept, String type) throws Exception {
        Client.Answer answer = client.get(path, accept);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json;q=0",
                "*/*;q=0",
                "*/*; Q=0.000",
                "application/json;q=0, application/x-ndjson;q=0, text/csv;q=0, */*",
                "application/*;q=0, text/*;q=0, */*"
            })
    void typesOfWeightZeroAreNotAcceptable(String accept) throws Exception {
        assertProblem(client.get("trades/?limit=1", accept), 406);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GZIP | gzip",
                "gzip;Q=0 | ''",
                "gzip;x=1;q=0 | ''",
                "gzip;q=0.001 | gzip",
                "deflate;q=0, gzip | gzip",
                "gzip;q=0.000, *;q=1 | ''",
                "identity;q=0 | ''",
                "gzip;q=none | ''"
            })
    void pageIsPackedOnlyForClientsThatAcceptIt(String accepted, String encoding) throws Exception {
        assertThat(client.send(client.request("page.css").header("Accept-Encoding", accepted))
                        .header("Content-Encoding"))
                .isEqualTo(encoding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "ISO-8859-1", "none"})
    void tradesMustBeUtf8(String charset) throws Exception {
        byte[] trade = TRADE.getBytes(charset.equals("none") ? StandardCharsets.UTF_8 : Charset.forName(charset));

        Client.Answer single = post("trades/", "application/json; charset=" + charset, trade);
        Client.Answer batch = post("trades/batch", "application/json; charset=" + charset, trade);

        assertProblem(single, 415);
        assertThat(single.json().get("detail").textValue()).startsWith("a trade must be UTF-8: ");
        assertProblem(batch, 415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Utf-8\"", "utf8", "us-ascii"})
    void otherNamesOfUtf8AndItsPartAreTaken(String charset) throws Exception {
        byte[] trade = TRADE.getBytes(StandardCharsets.UTF_8);

        assertThat(post("trades/", "application/json; charset=" + charset, trade)
                        .status())
                .isEqualTo(201);
        assertThat(post("trades/batch", "application/x-ndjson; charset=" + charset, trade)
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
        "identity, gzip, 415",
        "gzip, identity, 415",
        "'', gzip, 415",
        "'identity, gzip', identity, 415",
        "identity, Identity, 201"
    })
    void everyContentEncodingCounts(String first, String second, int status) throws Exception {
        Client.Answer answer = client.send(client.request("trades/")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", first)
                .header("Content-Encoding", second)
                .POST(HttpRequest.BodyPublishers.ofString(TRADE)));

        assertThat(answer.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST /trades/ | text/plain | 10 | X: 1 | 415",
                "POST /trades/ | application/json;charset=utf-16 | 10 | X: 1 | 415",
                "POST /trades/ | application/json | 100000 | X: 1 | 413",
                "POST /trades/ | application/json | 20000000 | X: 1 | 413",
                "POST /trades/ | application/json | 10 | Accept: image/png | 406",
                "POST /trades/ | application/json | 10 | Idempotency-Key: a b | 400",
                "POST /trades/ | application/json | 10 | Content-Encoding: gzip | 415",
                "POST /trades/ | application/json | 10 | Origin: http://elsewhere.example | 403",
                "POST /trades/batch | application/json | 9000000 | X: 1 | 413",
                "POST /trades/batch | text/csv;charset=utf-16 | 10 | X: 1 | 415",
                "POST /trades/batch | text/csv | 10 | Idempotency-Key: a b | 400",
                "POST /analysis/ | application/json | 10 | X: 1 | 422",
                "POST /nothing | application/json | 10 | X: 1 | 404",
                "PUT /trades/ | application/json | 10 | X: 1 | 405"
            })
    void refusedRequestIsNotAskedForItsBody(String line, String type, int length, String field, int status)
            throws Exception {
        try (Socket socket = server.raw().connect()) {
            String head = line + " HTTP/1.1\r\nHost: " + server.uri().getAuthority() + "\r\nContent-Type: " + type
                    + "\r\nContent-Length: " + length + "\r\n" + field
                    + "\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));

            assertThat(RawHttp.read(socket).status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/trades/", "/trades/batch"})
    void acceptedRequestIsAskedForItsBody(String path) throws Exception {
        String body = path.endsWith("batch") ? "[" + TRADE + "]" : TRADE;
        try (Socket socket = server.raw().connect()) {
            String head = "POST " + path + " HTTP/1.1\r\nHost: " + server.uri().getAuthority()
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                    + "\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
            assertThat(new String(line, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 100 ");

            socket.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));

            assertThat(RawHttp.read(socket).status()).isEqualTo(201);
        }
    }

    private static Client.Answer post(String path, String type, byte[] body) throws Exception {
        return client.send(
                client.request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private static void assertProblem(Client.Answer answer, int status) throws Exception {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("status").intValue()).isEqualTo(status);
    }
}
