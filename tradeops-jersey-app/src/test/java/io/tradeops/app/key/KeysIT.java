package io.tradeops.app.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.app.TradeOpsServer;
import io.tradeops.app.access.Scope;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Setting;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.Program;
import io.tradeops.app.support.Program.Outcome;
import io.tradeops.app.support.TestConfig;
import io.tradeops.app.support.TestDatabase;
import io.tradeops.app.support.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * API keys, from the command line to the server's answers. The tests share one server, because starting a server takes
 * longer than most tests. Before each test the server has no keys.
 */
class KeysIT {

    private static final String TRADE = "{\"ticker\":\"AAPL\",\"price\":100,\"quantity\":1}";
    private static final String UNKNOWN = "tradeops_0123456789ab_" + "x".repeat(43);

    /** An address that sends many wrong keys has to wait. */
    private static final Duration FEW_TRIES = Duration.ofMillis(700);

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    private static final Client client = server.client();

    @BeforeEach
    void deleteAllKeys() throws Exception {
        ApiKeyRepository keys = repository();
        keys.list().forEach(key -> keys.delete(key.id()));
        Eventually.await("no key is needed", () -> client.get("trades/").status() == 200);
    }

    @Test
    void keysAreCreatedAndRevokedWhileTheServerRuns() throws Exception {
        assertThat(client.post("trades/", TRADE).status())
                .as("without keys, access is open")
                .isEqualTo(201);

        String reader = create("reader", "read");
        String writer = create("writer", "write");
        Eventually.await("a key is needed", () -> client.get("trades/").status() == 401);
        Eventually.await(
                "the server knows both keys",
                FEW_TRIES,
                () -> send(client, writer, "POST", "trades/").status() == 201);

        assertScopes(client, reader, writer);
        assertRefusals(client, reader);
        assertPublicPaths(client);
        String admin = create("admin", "admin");
        Eventually.await(
                "admin includes write",
                FEW_TRIES,
                () -> send(client, admin, "POST", "trades/").status() == 201);
        assertThat(send(client, admin, "GET", "trades/").status()).isEqualTo(200);

        long published = server.running().lastPublished();
        Eventually.await("the monitor stores new ticks", () -> server.running().lastStored() > published);

        assertThat(keys("revoke", id(reader)).exitCode()).isZero();
        Eventually.await(
                "the key is revoked",
                FEW_TRIES,
                () -> send(client, reader, "GET", "trades/").status() == 401);
        assertList(reader, writer);
    }

    @Test
    void feedNeedsAKeyInTheHeaderOrByAuth() throws Exception {
        String reader = createStored(Scope.READ);
        String writer = createStored(Scope.WRITE);
        Eventually.await(
                "the server knows the keys",
                FEW_TRIES,
                () -> send(client, reader, "GET", "trades/").status() == 200
                        && client.get("trades/").status() == 401);
        URI feed = URI.create("ws://" + server.uri().getAuthority() + "/prices");

        Listener byHeader = Listener.connect(feed, reader);
        Eventually.await("it gets ticks", () -> byHeader.text().contains("\"tick\""));
        Listener byAuth = connectByAuth(feed, reader, writer);
        Listener silent = Listener.connect(feed, "");
        assertThat(silent.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1008);
        assertThat(silent.text()).doesNotContain("\"tick\"");

        CompletableFuture<Long> alertLines = readAlertStream(reader);
        assertThat(repository().revoke(id(reader), Instant.now())).isTrue();
        assertThat(alertLines.get(20, TimeUnit.SECONDS))
                .as("lines until the end")
                .isPositive();
        assertThat(byHeader.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1008);
        assertThat(byAuth.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1008);
        assertThatThrownBy(() -> Listener.connect(feed, reader)).hasStackTraceContaining("401");
    }

    /** A client that sends its key as a command. Before that, and with a key without the scope, it gets 401. */
    private static Listener connectByAuth(URI feed, String reader, String writer) throws Exception {
        Listener client = Listener.connect(feed, "");
        client.send("{\"action\":\"subscribe\",\"tickers\":[\"*\"]}");
        Eventually.await("it is refused", () -> client.text().contains("\"code\":401"));
        client.send("{\"action\":\"auth\",\"key\":\"" + writer + "\"}");
        client.send("{\"action\":\"auth\",\"key\":\"" + reader + "\"}");
        client.send("{\"action\":\"subscribe\",\"tickers\":[\"*\"]}");
        Eventually.await("it gets ticks", () -> client.text().contains("\"tick\""));
        assertThat(client.text().indexOf("\"tick\""))
                .isGreaterThan(client.text().lastIndexOf("\"code\":401"));
        return client;
    }

    /** Opens the stream of alerts; gives the number of its lines when it has ended. */
    private static CompletableFuture<Long> readAlertStream(String key) throws Exception {
        HttpResponse<Stream<String>> alerts = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.uri().resolve("alerts/stream"))
                                .header("Authorization", "Bearer " + key)
                                .build(),
                        HttpResponse.BodyHandlers.ofLines());
        assertThat(alerts.statusCode()).isEqualTo(200);
        return CompletableFuture.supplyAsync(alerts.body()::count);
    }

    @Test
    void onlyHashesAreStored() throws Exception {
        String key = create("reader", "read");

        String row = server.database().withConnection(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("select api_keys::text from api_keys")) {
                rows.next();
                return rows.getString(1);
            }
        });
        assertThat(row).contains(id(key)).doesNotContain(key.substring(key.lastIndexOf(id(key)) + 13));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions")
    void onlyTheOwnerCanReadTheSecretsOfTheEmbeddedServices() throws Exception {
        for (String secret : List.of("postgres/password", "s3-secret")) {
            Path file = server.directory().resolve(secret);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as(secret)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void keysThatAreCreatedBeforeTheStartOpenANetworkAddress(@TempDir Path stopped) throws Exception {
        String reader = create(stopped, "reader", "read");
        String writer = create(stopped, "writer", "write");
        assertThat(keys(stopped, "revoke", id(writer)).exitCode()).isZero();

        ServerConfig onAnyAddress = ServerConfig.of(TestConfig.settings(stopped).with(Setting.HOST, "0.0.0.0"));
        try (TradeOpsServer started = TradeOpsServer.start(onAnyAddress)) {
            Client other = new Client(started.uri());
            assertThat(send(other, reader, "GET", "trades/").status()).isEqualTo(200);
            assertThat(send(other, writer, "POST", "trades/").status()).isEqualTo(401);
            assertThat(other.get("trades/").status()).isEqualTo(401);
            assertThat(other.get("health/live").status()).isEqualTo(200);
        }
    }

    @Test
    void wrongUsageCreatesNoKey() throws Exception {
        assertThat(keys("create", "--name", "x").exitCode()).isEqualTo(2);
        assertThat(keys("create", "--name", "x", "--scope", "fly").exitCode()).isEqualTo(2);
        assertThat(keys("create", "--name", "x", "--scope", "read", "--expires", "soon")
                        .exitCode())
                .isEqualTo(2);
        assertThat(keys().exitCode()).isEqualTo(2);
        Outcome past = keys("create", "--name", "x", "--scope", "read", "--expires", "2020-01-01");
        assertThat(past.exitCode()).isEqualTo(2);
        assertThat(past.errors()).contains("future");
        assertThat(keys("revoke", "0123456789ab").exitCode()).isEqualTo(1);
        assertThat(keys("list").output().lines()).hasSize(1);
    }

    @Test
    void expiredKeyIsInvalidAndKeepsTheServerClosed() throws Exception {
        String key = create("short", "read", "--expires", "PT2S");

        Eventually.await(
                "the key expires",
                FEW_TRIES,
                () -> send(client, key, "GET", "trades/").status() == 401);
        assertThat(client.get("trades/").status()).isEqualTo(401);
        assertThat(keys("delete", id(key)).exitCode()).isZero();
        Eventually.await("no key is needed", () -> client.get("trades/").status() == 200);
    }

    @Test
    void createsKeysInAnExternalDatabase(@TempDir Path databaseDirectory) throws Exception {
        try (TestDatabase postgres = TestDatabase.in(databaseDirectory)) {
            Map<String, String> environment = Map.of(
                    "TRADEOPS_DATABASE_URL", postgres.url(),
                    "TRADEOPS_DATABASE_USER", postgres.user(),
                    "TRADEOPS_DATABASE_PASSWORD", postgres.password());
            Outcome created = Program.run(
                    databaseDirectory, environment, "keys", "create", "--name", "x", "--scope", "read,write");
            Outcome list = Program.run(databaseDirectory, environment, "keys", "list");

            assertThat(created.exitCode()).as(created.errors()).isZero();
            assertThat(list.output()).contains(id(created.output().strip()), "read,write", "valid");
        }
    }

    private static void assertScopes(Client client, String reader, String writer) throws Exception {
        assertThat(send(client, reader, "GET", "trades/").status()).isEqualTo(200);
        Client.Answer lacking = send(client, reader, "POST", "trades/");
        assertThat(lacking.status()).isEqualTo(403);
        assertThat(lacking.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(lacking.json().get("detail").textValue()).contains("scope write");
        assertThat(lacking.header("WWW-Authenticate")).contains("insufficient_scope");
        assertThat(send(client, writer, "POST", "trades/").status()).isEqualTo(201);
        assertThat(send(client, writer, "GET", "trades/").json().get("detail").textValue())
                .contains("scope read");
        assertThat(send(client, writer, "HEAD", "trades/").status()).isEqualTo(403);
    }

    private static void assertRefusals(Client client, String reader) throws Exception {
        Client.Answer without = client.get("trades/");
        assertThat(without.status()).isEqualTo(401);
        assertThat(without.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(without.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(without.json().get("request_id").textValue()).isEqualTo(without.header("X-Request-Id"));
        for (String wrong : List.of(UNKNOWN, "x", reader + "x", reader.substring(0, reader.length() - 1) + "!")) {
            assertThat(send(client, wrong, "GET", "trades/").status()).as(wrong).isEqualTo(401);
        }
        assertThat(client.get("nothing/here").status()).isEqualTo(401);
        assertThat(client.get("metrics").status()).isEqualTo(401);
        Client.Answer batch = client.post("trades/", "[" + " ".repeat(5 << 20) + "]");
        assertThat(batch.status())
                .as("a client with a large body gets the answer, too")
                .isEqualTo(401);
        assertThat(client.get("trades/x.js").status()).isEqualTo(401);
        assertThat(client.send(client.request("trades/").header("Authorization", "Basic eDp5"))
                        .status())
                .isEqualTo(401);
    }

    private static void assertPublicPaths(Client client) throws Exception {
        for (String path : List.of(
                "", "page.js", "page.css", "health/live", "health/ready", "docs", "openapi.json", "openapi.json/")) {
            assertThat(client.get(path).status()).as(path).isIn(200, 503);
        }
    }

    private static void assertList(String reader, String writer) throws Exception {
        String list = keys("list").output();
        assertThat(list).contains(id(reader), id(writer), "revoked", "valid").doesNotContain(reader, writer);
    }

    private static String create(String name, String scope, String... more) throws Exception {
        return create(server.directory(), name, scope, more);
    }

    private static String create(Path directory, String name, String scope, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("create", "--name", name, "--scope", scope));
        arguments.addAll(List.of(more));
        Outcome outcome = keys(directory, arguments.toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
        assertThat(outcome.output().lines()).hasSize(1);
        return outcome.output().strip();
    }

    private static Outcome keys(String... arguments) throws Exception {
        return keys(server.directory(), arguments);
    }

    private static Outcome keys(Path directory, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("keys"));
        all.addAll(List.of(arguments));
        return Program.run(directory, Map.of("TRADEOPS_DATA_DIR", directory.toString()), all.toArray(String[]::new));
    }

    /** Creates a key without the command. */
    private static String createStored(Scope scope) {
        return repository().create("any", Set.of(scope), Instant.now(), Optional.empty());
    }

    private static ApiKeyRepository repository() {
        return new ApiKeyRepository(server.database());
    }

    private static String id(String key) {
        return key.split("_", 3)[1];
    }

    private static Client.Answer send(Client client, String key, String method, String path) throws Exception {
        HttpRequest.Builder request = client.request(path).header("Authorization", "Bearer " + key);
        return client.send(
                method.equals("POST")
                        ? request.header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(TRADE))
                        : request.method(method, HttpRequest.BodyPublishers.noBody()));
    }

    /** A WebSocket client that collects what it receives. */
    private static final class Listener implements WebSocket.Listener {

        private final List<String> frames = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @SuppressWarnings("NullAway.Init") // connect() sets it
        private WebSocket socket;

        static Listener connect(URI feed, String key) throws Exception {
            Listener listener = new Listener();
            WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
            if (!key.isEmpty()) {
                builder.header("Authorization", "Bearer " + key);
            }
            listener.socket = builder.buildAsync(feed, listener).get(10, TimeUnit.SECONDS);
            return listener;
        }

        void send(String text) {
            socket.sendText(text, true).join();
        }

        String text() {
            return String.join("\n", frames);
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            frames.add(data.toString());
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed.complete(status);
            return CompletableFuture.completedFuture(null);
        }
    }
}
