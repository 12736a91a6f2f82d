package io.tradeops.lambda.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The requests that a server other than AWS's receives. The server records them. */
class S3ConnectionTest {

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final HttpServer server = newServer();
    private final URI endpoint =
            URI.create("http://localhost:" + server.getAddress().getPort());
    private final Map<String, String> before = Map.of(
            "aws.endpointUrlS3", property("aws.endpointUrlS3"),
            "aws.accessKeyId", property("aws.accessKeyId"),
            "aws.secretAccessKey", property("aws.secretAccessKey"),
            "aws.region", property("aws.region"),
            "aws.disableEc2Metadata", property("aws.disableEc2Metadata"));

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        before.forEach((name, value) -> setProperty(name, value));
    }

    @Test
    void usesPathStyleWithoutChecksumsForAGivenEndpoint() throws Exception {
        try (TradeBucket bucket = TradeBucket.connect("trades", endpoint, "access", "secret", "eu-west-1")) {
            assertThat(bucket.put("a/b.csv", "ticker\n".getBytes(UTF_8), "text/csv", Map.of()))
                    .isEqualTo("abc");
        }
        assertPathStyleWithoutChecksums();
    }

    @Test
    void usesPathStyleWithoutChecksumsForAnEndpointOfTheEnvironment() throws Exception {
        setProperty("aws.endpointUrlS3", endpoint.toString());
        setProperty("aws.accessKeyId", "access");
        setProperty("aws.secretAccessKey", "secret");
        setProperty("aws.region", "eu-west-1");
        try (TradeBucket bucket = TradeBucket.fromEnvironment("trades")) {
            bucket.put("a/b.csv", "ticker\n".getBytes(UTF_8), "text/csv", Map.of());
        }
        assertPathStyleWithoutChecksums();
    }

    @Test
    void namesAwsAndTheRegionIfNoEndpointIsSet() throws Exception {
        setProperty("aws.region", "eu-west-1");
        try (var client = S3Connection.fromEnvironment()) {
            assertThat(S3Connection.describe(client)).isEqualTo("AWS region eu-west-1");
        }
    }

    @Test
    void reportsAMissingRegion() {
        setProperty("aws.disableEc2Metadata", "true");
        assertThatExceptionOfType(TradeBucketException.class)
                .isThrownBy(() -> TradeBucket.fromEnvironment("trades"))
                .withMessage("cannot connect to bucket 'trades': no AWS region is set; set AWS_REGION");
    }

    private void assertPathStyleWithoutChecksums() {
        Request put = Optional.ofNullable(requests.poll()).orElseThrow();
        assertThat(put.line()).isEqualTo("PUT /trades/a/b.csv");
        assertThat(put.host()).isEqualTo("localhost:" + endpoint.getPort());
        assertThat(put.headers()).doesNotContain("checksum", "trailer");
        assertThat(put.body()).contains("ticker\n").doesNotContain("checksum");
        assertThat(requests).isEmpty();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(new Request(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                String.valueOf(exchange.getRequestHeaders().getFirst("Host")),
                exchange.getRequestHeaders().entrySet().toString().toLowerCase(Locale.ROOT),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        exchange.getResponseHeaders().add("ETag", "\"abc\"");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static HttpServer newServer() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String property(String name) {
        return System.getProperty(name, "");
    }

    private static void setProperty(String name, String value) {
        if (value.isEmpty()) {
            System.clearProperty(name);
        } else {
            System.setProperty(name, value);
        }
    }

    private record Request(String line, String host, String headers, String body) {}
}
