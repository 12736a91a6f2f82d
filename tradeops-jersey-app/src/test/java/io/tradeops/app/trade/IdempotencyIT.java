package io.tradeops.app.trade;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.TradeOpsServer;
import io.tradeops.app.access.Scope;
import io.tradeops.app.key.ApiKeyRepository;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.TestConfig;
import io.tradeops.app.support.TestServer;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of requests, sent with the same {@code Idempotency-Key}. */
class IdempotencyIT {

    private static final int COPIES = 50;

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    private static final Client client = server.client();

    @Test
    void copyGetsTheFirstAnswerAndStoresNothing() throws Exception {
        Client.Answer first = enter("trades/", "again", trade("AGAIN"));
        Client.Answer second = enter("trades", "again", trade("AGAIN"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(client.get("trades/?ticker=AGAIN").json()).hasSize(1);
    }

    @Test
    void copyOfABatchStoresNothing() throws Exception {
        String body = "[" + trade("BATCH") + "," + trade("BATCH") + "]";

        Client.Answer first = enter("trades/batch", "b", body);
        Client.Answer second = enter("trades/batch", "b", body);

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(client.get("trades/?ticker=BATCH").json()).hasSize(2);
    }

    @Test
    void sameKeyWithAnotherBodyOrPathIsRefused() throws Exception {
        enter("trades/", "other", trade("ONE"));

        assertThat(enter("trades/", "other", trade("TWO")).status()).isEqualTo(422);
        assertThat(enter("trades/batch", "other", "[" + trade("ONE") + "]").status())
                .isEqualTo(422);
        assertThat(client.get("trades/?ticker=ONE,TWO").json()).hasSize(1);
    }

    @Test
    void fiftyConcurrentCopiesStoreOneRowAndGetOneAnswer() throws Exception {
        CountDownLatch ready = new CountDownLatch(COPIES);
        ExecutorService threads = Executors.newFixedThreadPool(COPIES);
        try {
            List<CompletableFuture<Client.Answer>> answers = IntStream.range(0, COPIES)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> enterWith(ready), threads))
                    .toList();

            List<Client.Answer> got =
                    answers.stream().map(CompletableFuture::join).toList();

            assertThat(got).extracting(Client.Answer::status).containsOnly(201);
            assertThat(got)
                    .extracting(Client.Answer::body)
                    .containsOnly(got.get(0).body());
            assertThat(got)
                    .extracting(answer -> answer.header("Location"))
                    .containsOnly(got.get(0).header("Location"));
            assertThat(client.get("trades/?ticker=FIFTY").json()).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void copyOfAnUnfinishedRequestIsAConflictWithRetryAfter() throws Exception {
        // this transaction locks the table, so the first copy can't finish
        CompletableFuture<Client.Answer> first = server.database().withConnection(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("lock table trades in exclusive mode");
                CompletableFuture<Client.Answer> waiting =
                        CompletableFuture.supplyAsync(() -> enterUnchecked("held", trade("HELD")));
                awaitUnchecked(() -> statement
                        .executeQuery("select from pg_locks where locktype = 'advisory' and granted and pid in"
                                + " (select pid from pg_locks where not granted)")
                        .next());

                Client.Answer copy = enterUnchecked("held", trade("HELD"));

                assertThat(copy.status()).as(copy.body()).isEqualTo(409);
                assertThat(copy.header("Retry-After")).isNotEmpty();
                return waiting;
            }
        });

        assertThat(first.join().status()).isEqualTo(201);
        assertThat(enter("trades/", "held", trade("HELD")).body())
                .isEqualTo(first.join().body());
    }

    @Test
    void refusedRequestLeavesTheKeyFree() throws Exception {
        assertThat(enter("trades/", "free", "{\"ticker\":\"FREE\"}").status()).isEqualTo(422);
        assertThat(enter("trades/", "free", trade("FREE")).status()).isEqualTo(201);
    }

    @Test
    void conflictLeavesTheKeyFree() throws Exception {
        String dup = "{\"ticker\":\"DUP\",\"price\":1,\"quantity\":1,\"trade_id\":\"x\"}";
        String location = client.post("trades/", dup).header("Location");

        Client.Answer conflict = enter("trades/", "dup", dup);

        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.header("Location")).isEqualTo(location);
        assertThat(enter("trades/", "dup", trade("DUP")).status()).isEqualTo(201);
    }

    @Test
    void keyExpiresAfterADay() throws Exception {
        for (String key : List.of("old-1", "old-2", "old-3")) {
            enter("trades/", key, trade("OLD"));
        }
        execute("update idempotency_keys set created_at = created_at - interval '24 hours' where key like 'old-%'");

        assertThat(enter("trades/", "old-1", trade("NEW")).status()).isEqualTo(201);

        assertThat(client.get("trades/?ticker=NEW").json()).hasSize(1);
        assertThat(count("select count(*) from idempotency_keys where key like 'old-%'"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\tb"})
    void keyWithInvalidCharactersIsRefused(String key) throws Exception {
        assertThat(enter("trades/", key, trade("KEY")).status()).isEqualTo(400);
        assertThat(client.get("trades/?ticker=KEY").json()).isEmpty();
    }

    @Test
    void keyHasAtMost255Characters() throws Exception {
        assertThat(enter("trades/", "k".repeat(255), trade("LONG")).status()).isEqualTo(201);
        assertThat(enter("trades/", "k".repeat(256), trade("LONG")).status()).isEqualTo(400);
    }

    @Test
    void callersDoNotShareKeys(@TempDir Path directory) throws Exception {
        try (TradeOpsServer guarded = TradeOpsServer.start(TestConfig.in(directory))) {
            ApiKeyRepository keys = new ApiKeyRepository(guarded.backends().database());
            String alice = keys.create("alice", Set.of(Scope.ADMIN), Instant.now(), Optional.empty());
            String bob = keys.create("bob", Set.of(Scope.ADMIN), Instant.now(), Optional.empty());
            Client both = new Client(guarded.uri());
            Eventually.await("requests need a key", () -> both.get("trades/").status() == 401);

            Client.Answer first = enterAs(both, alice, trade("ALICE"));
            Client.Answer other = enterAs(both, bob, trade("BOB"));
            Client.Answer same = enterAs(both, bob, trade("BOB"));

            assertThat(first.status()).isEqualTo(201);
            assertThat(other.status()).as(other.body()).isEqualTo(201);
            assertThat(other.body()).contains("BOB");
            assertThat(same.body()).isEqualTo(other.body());
            assertThat(enterAs(both, alice, trade("ALICE")).body()).isEqualTo(first.body());
        }
    }

    @Test
    void mediaTypeIsComparedWithoutCaseAndParameters() throws Exception {
        Client.Answer first = enter("trades/", "spelled", trade("SPELL"));
        Client.Answer second = client.send(client.request("trades/")
                .header("Content-Type", "Application/JSON; charset=utf-8")
                .header("Idempotency-Key", "spelled")
                .POST(HttpRequest.BodyPublishers.ofString(trade("SPELL"))));

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).as(second.body()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
    }

    private static Client.Answer enterAs(Client both, String key, String body) throws Exception {
        return both.send(both.request("trades/")
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "shared")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void awaitUnchecked(Condition condition) {
        try {
            Eventually.await("the first copy waits", condition::holds);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Client.Answer enterWith(CountDownLatch ready) {
        ready.countDown();
        try {
            ready.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return enterUnchecked("fifty", trade("FIFTY"));
    }

    private static Client.Answer enterUnchecked(String key, String body) {
        try {
            return enter("trades/", key, body);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Client.Answer enter(String path, String key, String body) throws Exception {
        return client.send(client.request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String trade(String ticker) {
        return "{\"ticker\":\"" + ticker + "\",\"price\":1,\"quantity\":1}";
    }

    private static void execute(String sql) {
        server.database().withConnection(connection -> {
            try (var statement = connection.createStatement()) {
                return Optional.of(statement.executeUpdate(sql));
            }
        });
    }

    private static long count(String sql) {
        return server.database().withConnection(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }
}
