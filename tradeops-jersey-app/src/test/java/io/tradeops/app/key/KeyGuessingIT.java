package io.tradeops.app.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.access.Scope;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.FeedListener;
import io.tradeops.app.support.RawHttp;
import io.tradeops.app.support.TestDatabase;
import io.tradeops.app.support.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many wrong keys from one address. */
class KeyGuessingIT {

    private static final String WRONG = "tradeops_0123456789ab_" + "x".repeat(43);

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    private static final Client client = server.client();

    @BeforeEach
    void deleteAllKeys() throws Exception {
        TestDatabase.empty(server.database(), "api_keys");
        Eventually.await("no key is needed", () -> client.get("trades/").status() == 200);
    }

    @Test
    void keysOfAnAddressAreNotComparedAfterTooManyWrongOnes() throws Exception {
        String known = create();
        String other = create();
        Eventually.await("keys are needed", () -> client.get("trades/").status() == 401);
        assertThat(get("127.0.0.1", known).status()).isEqualTo(200);

        for (int i = 0; i < 10; i++) {
            assertThat(get("127.0.0.1", WRONG).status()).isEqualTo(401);
        }
        RawHttp.Answer refused = get("127.0.0.1", WRONG);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 5);

        assertThat(get("127.0.0.1", known).status())
                .as("a key that was accepted from there")
                .isEqualTo(200);
        assertThat(get("127.0.0.1", other).status())
                .as("a right key that is new there")
                .isEqualTo(200);
        assertThat(client.get("trades/").status()).as("no key").isEqualTo(401);
        assertThat(client.send(client.request("health/live").header("Authorization", "Bearer " + WRONG))
                        .status())
                .as("a public path")
                .isEqualTo(200);
        try (FeedListener feed =
                FeedListener.connect(URI.create("ws://" + server.uri().getAuthority() + "/prices"))) {
            feed.send("{\"action\":\"auth\",\"key\":\"" + WRONG + "\"}");
            Eventually.await("the feed refuses it", () -> feed.all().contains("\"code\":429"));
        }
        long published = server.running().lastPublished();
        Eventually.await(
                "the server's own monitor goes on", () -> server.running().lastStored() > published);
        Eventually.await(
                "keys are compared again", () -> get("127.0.0.1", WRONG).status() == 401);
    }

    @Test
    @DisabledOnOs(value = OS.MAC, disabledReason = "macOS has one loopback address")
    void rightKeyFromAnotherAddressIsAccepted() throws Exception {
        String key = create();
        Eventually.await("keys are needed", () -> client.get("trades/").status() == 401);
        assertThat(get("127.0.0.2", key).status()).isEqualTo(200);
        for (int i = 0; i < 11; i++) {
            get("127.0.0.3", WRONG);
        }

        assertThat(get("127.0.0.3", WRONG).status()).isEqualTo(429);
        assertThat(get("127.0.0.4", key).status()).isEqualTo(200);
    }

    private static String create() {
        return new ApiKeyRepository(server.database())
                .create("any", Set.of(Scope.READ), Instant.now(), Optional.empty());
    }

    private static RawHttp.Answer get(String from, String key) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), server.uri().getPort()));
            socket.getOutputStream()
                    .write(("GET /trades/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return RawHttp.read(socket);
        }
    }
}
