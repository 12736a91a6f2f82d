package io.tradeops.app.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradeops.app.TradeOpsServer;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Setting;
import io.tradeops.app.db.DatabaseOutageIT;
import io.tradeops.app.embedded.DataDirectory;
import io.tradeops.app.embedded.EmbeddedS3;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.Program;
import io.tradeops.app.support.TestConfig;
import io.tradeops.lambda.bucket.TradeBucket;
import java.io.BufferedReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readiness while a part is down; for the database see {@link DatabaseOutageIT}. */
class ReadinessIT {

    private static final Pattern SERVING = Pattern.compile("serving (http://[^/]+/)");

    @TempDir
    Path directory;

    @Test
    void onlyTheFeedIsDownIfItIsUnreachable() throws Exception {
        ServerConfig config =
                ServerConfig.of(TestConfig.settings(directory).with(Setting.FEED_URL, "ws://127.0.0.1:1/prices"));
        try (TradeOpsServer server = TradeOpsServer.start(config)) {
            Client client = new Client(server.uri());

            assertOnlyDown(client, "feed");
            assertThat(client.get("trades/").status()).isEqualTo(200);
        }
    }

    /** In its own process, because the AWS SDK reads the endpoint only from the environment. */
    @Test
    void onlyTheObjectStoreIsDownAfterItStops() throws Exception {
        try (DataDirectory data = DataDirectory.open(directory.resolve("s3"))) {
            EmbeddedS3 s3 = EmbeddedS3.start(data);
            try (TradeBucket bucket =
                    TradeBucket.connect("trades", s3.endpoint(), s3.accessKey(), s3.secretKey(), "us-east-1")) {
                bucket.createIfMissing();
            }
            List<String> lines = new CopyOnWriteArrayList<>();
            Process process = serve(s3);
            Thread reader = new Thread(() -> read(process.errorReader(), lines));
            reader.start();
            try {
                Client client = new Client(uri(lines));
                Eventually.await(
                        "every part is ready", () -> client.get("health/ready").status() == 200);

                s3.close();

                assertOnlyDown(client, "object_store");
                assertThat(client.get("trades/").status()).isEqualTo(200);
                Client.Answer analysis = client.get("analysis/?date=2024-02-29");
                assertThat(analysis.status()).as(analysis.body()).isEqualTo(503);
                assertThat(analysis.header("Retry-After")).isNotEmpty();
            } finally {
                s3.close();
                process.destroy();
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
                reader.join();
            }
        }
    }

    private Process serve(EmbeddedS3 s3) throws Exception {
        return Program.start(
                directory,
                Map.of(
                        "TRADEOPS_PORT", "0",
                        "TRADEOPS_DASHBOARD_PORT", "0",
                        "TRADEOPS_BUCKET", "trades",
                        "AWS_ENDPOINT_URL_S3", s3.endpoint().toString(),
                        "AWS_REGION", "us-east-1",
                        "AWS_ACCESS_KEY_ID", s3.accessKey(),
                        "AWS_SECRET_ACCESS_KEY", s3.secretKey()),
                "serve");
    }

    /** Waits until a server's lines have its URL. */
    private static URI uri(List<String> lines) throws Exception {
        Eventually.await(
                "the server is serving", () -> SERVING.matcher(lines.toString()).find());
        Matcher serving = SERVING.matcher(lines.toString());
        assertThat(serving.find()).isTrue();
        return URI.create(serving.group(1));
    }

    private static void assertOnlyDown(Client client, String part) throws Exception {
        Eventually.await(
                "the others are up",
                () -> states(client)
                        .equals(Map.of(
                                "database", part.equals("database") ? "down" : "up",
                                "jobs", part.equals("jobs") ? "down" : "up",
                                "object_store", part.equals("object_store") ? "down" : "up",
                                "feed", part.equals("feed") ? "down" : "up",
                                "threads", "up")));
        Client.Answer ready = client.get("health/ready");
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(ready.header("Retry-After")).isNotEmpty();
        assertThat(ready.json().get("detail").textValue()).startsWith("not every part is up: " + part + " (");
        assertThat(client.get("health/live").status()).isEqualTo(200);
    }

    private static Map<String, String> states(Client client) throws Exception {
        JsonNode parts = client.get("health/ready").json().get("parts");
        return Map.of(
                "database", parts.get("database").textValue(),
                "jobs", parts.get("jobs").textValue(),
                "object_store", parts.get("object_store").textValue(),
                "feed", parts.get("feed").textValue(),
                "threads", parts.get("threads").textValue());
    }

    private static void read(BufferedReader errors, List<String> lines) {
        try {
            errors.lines().forEach(lines::add);
        } catch (UncheckedIOException e) {
            // the process has ended
        }
    }
}
