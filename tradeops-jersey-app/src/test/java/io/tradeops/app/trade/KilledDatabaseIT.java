package io.tradeops.app.trade;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.Program;
import io.tradeops.app.support.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server whose embedded PostgreSQL is killed while it stores trades. The server goes on. */
class KilledDatabaseIT {

    /** Kills; {@code -Dtradeops.kill.rounds=20} is the full size. */
    private static final int ROUNDS = Integer.getInteger("tradeops.kill.rounds", 2);

    private static final int SENDERS = 8;
    private static final long LIMIT_MILLIS = 10_000;
    private static final String TRADE = "{\"ticker\":\"KILL\",\"price\":%d,\"quantity\":1}";

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    private static final Client client = server.client();

    private final AtomicInteger price = new AtomicInteger();
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    /** A trade that the server has acknowledged, and when the request was sent. */
    private record Acknowledged(String id, long sentNanos) {}

    @Test
    void tradesAreAcceptedAgainWithinTenSecondsAndNoneIsLost() throws Exception {
        Random random = new Random(ROUNDS);
        List<Long> millis = new ArrayList<>();
        List<Thread> senders = Stream.generate(() -> new Thread(this::sendUntilStopped))
                .limit(SENDERS)
                .toList();
        senders.forEach(Thread::start);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                int enough = acknowledged.size() + 20 + random.nextInt(100);
                Eventually.await("trades are acknowledged", () -> acknowledged.size() >= enough);
                millis.add(killAndAwaitNextTrade(random.nextBoolean()));
            }
        } finally {
            stopped = true;
            for (Thread sender : senders) {
                sender.join();
            }
        }

        System.err.println(ROUNDS + " kills: accepted again after ms "
                + millis.stream().sorted().toList() + "; " + acknowledged.size() + " of " + price.get()
                + " trades acknowledged");
        assertThat(unexpected).isEmpty();
        assertThat(millis).allSatisfy(each -> assertThat(each).isLessThan(LIMIT_MILLIS));
        Eventually.await("every part is ready", () -> client.get("health/ready").status() == 200);
        List<List<String>> rows = client.get("trades/?ticker=KILL", "text/csv")
                .body()
                .lines()
                .skip(1)
                .map(line -> List.of(line.split(",", -1)))
                .toList();
        assertThat(rows).extracting(row -> row.get(2)).doesNotHaveDuplicates();
        assertThat(new HashSet<>(rows.stream().map(row -> row.get(0)).toList())
                        .containsAll(acknowledged.stream().map(Acknowledged::id).toList()))
                .as("all of %d acknowledged trades are stored", acknowledged.size())
                .isTrue();
    }

    @Test
    void readinessSaysThatTheDatabaseIsDownUntilItsRestartSucceeds() throws Exception {
        Eventually.await("every part is ready", () -> client.get("health/ready").status() == 200);
        Path control = data().resolve("global").resolve("pg_control");
        Path hidden = control.resolveSibling("pg_control.hidden");
        Files.move(control, hidden);
        try {
            Program.postgres(server.directory()).get(0).destroyForcibly();

            Eventually.await(
                    "the database is down",
                    () -> client.get("health/ready").body().contains("\"database\":\"down\""));
            assertThat(client.get("health/ready").status()).isEqualTo(503);
            assertThat(client.get("health/live").status()).isEqualTo(200);
            Client.Answer refused = client.post("trades/", TRADE.formatted(1));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isNotEmpty();
        } finally {
            Files.move(hidden, control);
        }

        Eventually.await(
                "trades are accepted again",
                () -> client.post("trades/", TRADE.formatted(1)).status() == 201);
        Eventually.await("every part is ready", () -> client.get("health/ready").status() == 200);
    }

    /**
     * Kills the server's process, or it and all its children.
     *
     * @return the time until a trade that was sent to the next process is acknowledged
     */
    private long killAndAwaitNextTrade(boolean withChildren) throws Exception {
        List<ProcessHandle> processes = Program.postgres(server.directory());
        ProcessHandle killed = processes.get(0);
        long begun = System.nanoTime();
        processes.stream().limit(withChildren ? processes.size() : 1).forEach(ProcessHandle::destroyForcibly);
        Eventually.await("there is a next process", () -> isReadyWithoutProcess(killed.pid()));
        long restarted = System.nanoTime();
        Eventually.await(
                "trades are accepted again",
                () -> acknowledged.stream().anyMatch(trade -> trade.sentNanos() - restarted > 0));
        return (System.nanoTime() - begun) / 1_000_000;
    }

    private void sendUntilStopped() {
        while (!stopped) {
            long sent = System.nanoTime();
            try {
                Client.Answer answer = client.post("trades/", TRADE.formatted(price.incrementAndGet()));
                if (answer.status() == 201) {
                    acknowledged.add(new Acknowledged(answer.json().get("id").textValue(), sent));
                } else if (answer.status() != 503) {
                    unexpected.add(answer.status() + " " + answer.body());
                }
            } catch (IOException e) {
                unexpected.add(e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isReadyWithoutProcess(long pid) throws IOException {
        Path file = data().resolve("postmaster.pid");
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        return lines.size() > 7
                && lines.get(7).startsWith("ready")
                && !lines.get(0).equals(String.valueOf(pid));
    }

    private static Path data() {
        return server.directory().resolve("postgres").resolve("data");
    }
}
