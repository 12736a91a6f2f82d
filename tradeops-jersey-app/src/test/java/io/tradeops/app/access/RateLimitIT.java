package io.tradeops.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.TradeOpsServer;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Setting;
import io.tradeops.app.key.ApiKeyRepository;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.TestConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rate limit of a server. */
class RateLimitIT {

    private static final int LIMIT = 20;

    /** Cheap for the server. */
    private static final String LIMITED = "openapi.json";

    @TempDir
    Path directory;

    @Test
    void clientOverTheLimitGets429AndRetryAfter() throws Exception {
        ServerConfig limited =
                ServerConfig.of(TestConfig.settings(directory).with(Setting.RATE_LIMIT, String.valueOf(LIMIT)));
        try (TradeOpsServer server = TradeOpsServer.start(limited)) {
            Client client = new Client(server.uri());
            Eventually.await("the bucket is full", () -> remaining(client) == LIMIT - 1);
            List<Client.Answer> refused = new ArrayList<>();
            long start = System.nanoTime();
            int sent = 0;
            while (refused.isEmpty()) {
                Client.Answer answer = client.get(LIMITED);
                sent++;
                if (answer.status() != 200) {
                    refused.add(answer);
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;

            Client.Answer first = refused.get(0);
            assertThat(first.status()).as(first.body()).isEqualTo(429);
            assertThat(first.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(first.header("Retry-After")).isEqualTo("1");
            assertThat(first.header("RateLimit-Policy")).isEqualTo("\"default\";q=20;w=1");
            assertThat(first.header("RateLimit")).isEqualTo("\"default\";r=0;t=1");
            // the server's own monitor has the same address, and may have used a part of the limit
            assertThat(sent).isBetween(LIMIT - 2, (int) (LIMIT * (seconds + 2)));
            assertProbesAreNotLimited(client);
            Eventually.await(
                    "the client is served again", () -> client.get(LIMITED).status() == 200);
        }
    }

    @Test
    void thereIsNoLimitOnLoopbackWithoutKeys() throws Exception {
        try (TradeOpsServer server = TradeOpsServer.start(TestConfig.in(directory))) {
            Client client = new Client(server.uri());
            for (int i = 0; i < 2_000; i++) {
                assertThat(client.get(LIMITED).status()).isEqualTo(200);
            }
            assertThat(client.get(LIMITED).header("RateLimit")).isEmpty();
        }
    }

    @Test
    void limitHoldsWhileThereAreKeys() throws Exception {
        try (TradeOpsServer server = TradeOpsServer.start(TestConfig.in(directory))) {
            Client client = new Client(server.uri());
            ApiKeyRepository keys = new ApiKeyRepository(server.backends().database());
            assertThat(client.get(LIMITED).header("RateLimit-Policy")).isEmpty();

            keys.create("reader", Set.of(Scope.READ), Instant.now(), Optional.empty());
            Eventually.await(
                    "there is a limit",
                    () -> client.get(LIMITED).header("RateLimit-Policy").equals("\"default\";q=1000;w=1"));

            assertThat(keys.delete(keys.list().get(0).id())).isTrue();
            Eventually.await(
                    "there is no limit",
                    () -> client.get(LIMITED).header("RateLimit-Policy").isEmpty());
        }
    }

    private static void assertProbesAreNotLimited(Client client) throws Exception {
        for (int i = 0; i < 5 * LIMIT; i++) {
            for (String probe : List.of("health/live", "health/ready", "health/live/")) {
                Client.Answer answer = client.get(probe);
                assertThat(answer.status()).as(probe).isIn(200, 503);
                assertThat(answer.header("RateLimit")).as(probe).isEmpty();
            }
        }
        assertThat(client.get("health/live/x").header("RateLimit")).isNotEmpty();
        assertThat(client.post("health/live", "").header("RateLimit")).isNotEmpty();
    }

    private static int remaining(Client client) throws Exception {
        String field = client.get(LIMITED).header("RateLimit");
        return Integer.parseInt(field.replaceAll(".*r=(\\d+);.*", "$1"));
    }
}
