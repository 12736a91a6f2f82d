package io.tradeops.app.trade;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed while it stores trades, and started again. */
class KilledServerIT {

    /** Random kills; {@code -Dtradeops.kill.rounds=20} is the full size. */
    private static final int ROUNDS = Integer.getInteger("tradeops.kill.rounds", 2);

    private static final int MANY_SENDERS = 32;
    private static final int SENDERS = 4;
    private static final int TRADES_BEFORE_KILL = 200;

    private enum Victim {
        SERVER,
        POSTGRES_FIRST,
        BOTH_AT_ONCE
    }

    @TempDir
    Path directory;

    @Test
    void everyAcknowledgedTradeIsStoredAfterAKill() throws Exception {
        int port = Program.freePort();
        Process first = serve(port);
        Set<String> acknowledged = new HashSet<>();
        try {
            Client client = new Client(URI.create("http://127.0.0.1:" + port + "/"));
            Eventually.await("the server is live", () -> isLive(client));
            acknowledged.addAll(enterUntilKilled(client, first));
        } finally {
            first.destroyForcibly().waitFor();
        }

        Process second = serve(port);
        try {
            Client client = new Client(URI.create("http://127.0.0.1:" + port + "/"));
            Eventually.await("the server is live again", () -> isLive(client));

            Set<String> stored = new HashSet<>();
            client.get("trades/?ticker=KILL&limit=10000")
                    .json()
                    .forEach(trade -> stored.add(trade.get("id").textValue()));
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(TRADES_BEFORE_KILL);
            assertThat(stored).containsAll(acknowledged);
        } finally {
            second.destroy();
            assertThat(second.waitFor(20, TimeUnit.SECONDS))
                    .as("stops within 20 s")
                    .isTrue();
        }
        assertThat(second.exitValue()).isZero();
        assertThat(processesIn(directory)).isEmpty();
    }

    @Test
    void noKillLosesAnAcknowledgedTradeOrStoresOneTwice() throws Exception {
        int port = Program.freePort();
        Client client = new Client(URI.create("http://127.0.0.1:" + port + "/"));
        Random random = new Random(ROUNDS);
        AtomicInteger price = new AtomicInteger();
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        Map<Victim, Integer> kills = new EnumMap<>(Victim.class);
        for (int round = 0; round < ROUNDS; round++) {
            Victim victim = Victim.values()[random.nextInt(Victim.values().length)];
            Process server = serve(port);
            try {
                Eventually.await("the server is live", () -> isLive(client));
                int enough = acknowledged.size() + 50 + random.nextInt(2_000);
                List<Thread> senders = startSenders(client, server, price, acknowledged);
                Eventually.await("trades are acknowledged", () -> acknowledged.size() >= enough);
                kill(victim, server, price);
                for (Thread sender : senders) {
                    sender.join();
                }
            } finally {
                server.destroyForcibly().waitFor();
            }
            kills.merge(victim, 1, Integer::sum);
        }

        System.err.println(kills + " under " + MANY_SENDERS + " senders: " + acknowledged.size() + " of " + price.get()
                + " trades acknowledged");
        Process last = serve(port);
        try {
            Eventually.await("the server is live again", () -> isLive(client));
            List<List<String>> rows = client.get("trades/?ticker=KILL", "text/csv")
                    .body()
                    .lines()
                    .skip(1)
                    .map(line -> List.of(line.split(",", -1)))
                    .toList();
            assertThat(rows).extracting(row -> row.get(2)).doesNotHaveDuplicates();
            assertThat(new HashSet<>(rows.stream().map(row -> row.get(0)).toList()).containsAll(acknowledged))
                    .as("all of %d acknowledged trades are stored", acknowledged.size())
                    .isTrue();
        } finally {
            last.destroy();
            last.waitFor(20, TimeUnit.SECONDS);
        }
    }

    private static List<Thread> startSenders(
            Client client, Process server, AtomicInteger price, Queue<String> acknowledged) {
        List<Thread> senders = Stream.generate(() -> new Thread(() -> {
                    while (server.isAlive()) {
                        enter(client, price.incrementAndGet(), acknowledged);
                    }
                }))
                .limit(MANY_SENDERS)
                .toList();
        senders.forEach(Thread::start);
        return senders;
    }

    /** Kills without warning. In each case the server ends too, also while it starts its database again. */
    private void kill(Victim victim, Process server, AtomicInteger price) throws Exception {
        List<ProcessHandle> postgres = Program.postgres(directory.resolve(".tradeops"));
        if (victim == Victim.POSTGRES_FIRST) {
            postgres.forEach(ProcessHandle::destroyForcibly);
            int sent = price.get();
            Eventually.await("trades are refused", () -> price.get() > sent + MANY_SENDERS);
        }
        server.destroyForcibly();
        if (victim == Victim.BOTH_AT_ONCE) {
            postgres.forEach(ProcessHandle::destroyForcibly);
        }
        server.waitFor();
    }

    private static Queue<String> enterUntilKilled(Client client, Process server) throws InterruptedException {
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        AtomicInteger price = new AtomicInteger();
        List<Thread> senders = Stream.generate(() -> new Thread(() -> {
                    while (server.isAlive()) {
                        enter(client, price.incrementAndGet(), acknowledged);
                        if (acknowledged.size() >= TRADES_BEFORE_KILL) {
                            server.destroyForcibly();
                        }
                    }
                }))
                .limit(SENDERS)
                .toList();
        senders.forEach(Thread::start);
        for (Thread sender : senders) {
            sender.join();
        }
        return acknowledged;
    }

    private static void enter(Client client, int price, Queue<String> acknowledged) {
        try {
            Client.Answer answer =
                    client.post("trades/", "{\"ticker\":\"KILL\",\"price\":" + price + ",\"quantity\":1}");
            if (answer.status() == 201) {
                acknowledged.add(answer.json().get("id").textValue());
            }
        } catch (IOException e) {
            // not acknowledged: the server was killed before it could answer
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process serve(int port) throws IOException {
        Process process = Program.start(
                directory, Map.of("TRADEOPS_PORT", String.valueOf(port), "TRADEOPS_DASHBOARD_PORT", "0"), "serve");
        Thread drain = new Thread(() -> {
            try {
                process.getErrorStream().transferTo(System.err);
            } catch (IOException e) {
                // the process has ended
            }
        });
        drain.setDaemon(true);
        drain.start();
        return process;
    }

    private static boolean isLive(Client client) throws InterruptedException {
        try {
            return client.get("health/live").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> processesIn(Path directory) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(command -> command.contains(directory.toString()))
                .toList();
    }
}
