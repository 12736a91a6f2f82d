package io.tradeops.app.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.db.Database;
import io.tradeops.app.db.DatabaseSettings;
import io.tradeops.app.embedded.DataDirectory;
import io.tradeops.app.embedded.EmbeddedPostgres;
import io.tradeops.app.embedded.EmbeddedS3;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.Program;
import io.tradeops.app.support.TickReplay;
import io.tradeops.app.tick.StoredTicks;
import io.tradeops.core.trade.Tick;
import io.tradeops.lambda.bucket.TradeBucket;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server of 512 MB under a mixed load, while faults are dealt from a seed. At the end every acknowledged trade is
 * stored once, alerts and averages equal those of the stored ticks, and heap and threads are as at the start. Readiness
 * tells each fault of a part.
 *
 * <p>{@code -Dtradeops.chaos.seconds=600} makes a long run, {@code -Dtradeops.chaos.seed=2} another one. A full disk is
 * dealt where the test may mount a file system in memory.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals stop and continue PostgreSQL")
@Timeout(1_200)
class ChaosIT {

    private static final int SECONDS = Integer.getInteger("tradeops.chaos.seconds", 120);
    private static final long SEED = Long.getLong("tradeops.chaos.seed", 1);

    private static final int DISK_MEGABYTES = 900;
    private static final long MORE_HEAP = 64L << 20;
    private static final int MORE_THREADS = 30;
    private static final int MAX_STEP_MILLIS = 30_000;

    /** The first feed in a database. */
    private static final int ONLY_FEED = 1;

    private static final String BUCKET = "chaos";

    /** The simulated market is calm. */
    private static final String PERCENT = "0.1";

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    @TempDir
    Path directory;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Ledger ledger = new Ledger();
    private final Map<String, Integer> dealt = new HashMap<>();
    private boolean isMounted;
    private int port;
    private int dashboardPort;

    @SuppressWarnings("NullAway.Init") // start() sets them
    private Path data;

    @SuppressWarnings("NullAway.Init")
    private DataDirectory objects;

    @SuppressWarnings("NullAway.Init")
    private EmbeddedS3 s3;

    @SuppressWarnings("NullAway.Init")
    private Tap bucketTap;

    @SuppressWarnings("NullAway.Init")
    private ServerProcess server;

    @SuppressWarnings("NullAway.Init")
    private HealthWatch health;

    @BeforeEach
    void start() throws Exception {
        data = Files.createDirectory(directory.resolve("data"));
        isMounted = run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MEGABYTES + "m", "tmpfs", data.toString()) == 0;
        port = Program.freePort();
        dashboardPort = Program.freePort();
        objects = DataDirectory.open(directory.resolve("s3"));
        s3 = EmbeddedS3.start(objects);
        try (TradeBucket bucket =
                TradeBucket.connect(BUCKET, s3.endpoint(), s3.accessKey(), s3.secretKey(), "us-east-1")) {
            bucket.createIfMissing();
        }
        bucketTap = Tap.before(s3.endpoint());
        server = ServerProcess.start(directory, environment(), port);
        health = new HealthWatch(server.address());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        bucketTap.close();
        s3.close();
        objects.close();
        if (isMounted) {
            Eventually.await("the file system is unmounted", () -> run("umount", data.toString()) == 0);
        }
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("TRADEOPS_PORT", String.valueOf(port));
        environment.put("TRADEOPS_DASHBOARD_PORT", String.valueOf(dashboardPort));
        environment.put("TRADEOPS_DATA_DIR", dataDirectory().toString());
        environment.put("TRADEOPS_ALERT_PERCENT", PERCENT);
        environment.put("TRADEOPS_BUCKET", BUCKET);
        environment.put("AWS_ENDPOINT_URL_S3", bucketTap.address().toString());
        environment.put("AWS_ACCESS_KEY_ID", s3.accessKey());
        environment.put("AWS_SECRET_ACCESS_KEY", s3.secretKey());
        environment.put("AWS_REGION", "us-east-1");
        return environment;
    }

    @Test
    void nothingIsLostOrDoubledAndEverythingComesBack() throws Exception {
        health.awaitReady();
        ServerProcess.Memory before = server.memory();
        List<Fault> deck = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        try (MixedLoad load = MixedLoad.start(server.address(), ledger)) {
            do {
                if (deck.isEmpty()) {
                    deck.addAll(faults());
                }
                Fault fault = deck.remove(random.nextInt(deck.size()));
                int acknowledged = ledger.acknowledged();
                System.out.println("chaos: " + fault.name());
                fault.make().run();
                dealt.merge(fault.name(), 1, Integer::sum);
                health.awaitReady();
                Eventually.await(
                        "trades are stored again after " + fault.name(), () -> ledger.acknowledged() > acknowledged);
                pause(500 + random.nextInt(1_000));
            } while (System.nanoTime() < end);
            System.out.println("chaos: seed " + SEED + ", " + dealt + ", answers " + load.statuses() + ", "
                    + ledger.acknowledged() + " trades acknowledged, slowest health answer " + health.slowestMillis()
                    + " ms");
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\nafter " + dealt + "\n" + server.logTail(), e);
        }

        assertThat(ledger.differences(storedTradeIds())).isEmpty();
        assertAlertsAndAveragesAreThoseOfTheStoredTicks();
        assertMemoryIsAsBefore(before);
        assertThat(server.stop()).as(server.logTail()).isZero();
    }

    private record Fault(String name, Making make) {}

    @FunctionalInterface
    private interface Making {

        void run() throws Exception;
    }

    private List<Fault> faults() {
        List<Fault> faults = new ArrayList<>(List.of(
                new Fault("postgres killed", this::killPostgres),
                new Fault("postgres stopped", this::stopPostgres),
                new Fault("server killed", server::killAndStart),
                new Fault("bucket away", this::shutBucket),
                new Fault("clock stepped", () -> server.stepClock(random.nextInt(-MAX_STEP_MILLIS, MAX_STEP_MILLIS))),
                attack("refusals unread", Attackers::leaveRefusalsUnread),
                attack("exports unread", Attackers::leaveExportsUnread),
                attack("silent connections", Attackers::staySilent),
                attack("streams left", Attackers::leaveStreams),
                attack("storms of commands", Attackers::subscribeAgainAndAgain)));
        if (isMounted) {
            faults.add(new Fault("disk full", this::fillDisk));
        }
        return faults;
    }

    private Fault attack(String name, Consumer<Attackers> kind) {
        return new Fault(name, () -> {
            try (Attackers attackers = new Attackers(server.address(), dashboardPort)) {
                kind.accept(attackers);
                int acknowledged = ledger.acknowledged();
                pause(2_000 + random.nextInt(3_000));
                Eventually.await(
                        "trades are stored meanwhile, under " + name, () -> ledger.acknowledged() > acknowledged);
            }
        });
    }

    private void killPostgres() throws IOException {
        Program.postgres(dataDirectory()).forEach(ProcessHandle::destroyForcibly);
    }

    private void stopPostgres() throws Exception {
        List<ProcessHandle> stopped = Program.postgres(dataDirectory());
        signal("-STOP", stopped);
        try {
            health.awaitDown("database");
        } finally {
            signal("-CONT", stopped);
        }
    }

    private void shutBucket() throws Exception {
        bucketTap.shut();
        try {
            health.awaitDown("object_store");
        } finally {
            bucketTap.open();
        }
    }

    private void fillDisk() throws Exception {
        Path ballast = data.resolve("ballast");
        try (OutputStream out = Files.newOutputStream(ballast)) {
            byte[] block = new byte[1 << 16];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            // the disk is full
        }
        try {
            health.awaitDown("database");
        } finally {
            Files.delete(ballast);
        }
    }

    private Path dataDirectory() {
        return data.resolve("tradeops");
    }

    private List<String> storedTradeIds() throws Exception {
        return client().get("trades/", "text/csv")
                .body()
                .lines()
                .skip(1)
                .map(line -> line.substring(line.lastIndexOf(',') + 1))
                .toList();
    }

    private void assertAlertsAndAveragesAreThoseOfTheStoredTicks() throws Exception {
        EmbeddedPostgres.Address address =
                EmbeddedPostgres.findRunning(dataDirectory()).orElseThrow();
        try (Database database = Database.open(
                new DatabaseSettings(address.jdbcUrl(), address.user(), address.password(), 2),
                AlertRepository.entities())) {
            List<Tick> ticks = storedTicks(database);
            long last = ticks.get(ticks.size() - 1).seq();
            List<String> expected = TickReplay.alerts(ticks, directory, "--percent", PERCENT).stream()
                    .map(ChaosIT::withoutSeq)
                    .sorted()
                    .toList();
            System.out.println("chaos: " + ticks.size() + " ticks, " + expected.size() + " alerts");
            assertThat(expected).isNotEmpty();
            assertThat(storedAlerts(last)).isEqualTo(expected);
            assertAveragesAreThoseOf(database);
        }
    }

    /** Averages are revised when a later tick comes, so those of all ticks so far are compared at one moment. */
    private static void assertAveragesAreThoseOf(Database database) throws Exception {
        Instant end = Instant.now().plus(Duration.ofDays(3));
        Eventually.await("averages equal those of the stored ticks", () -> {
            List<Tick> ticks = storedTicks(database);
            TickReplay.storeAverages(database, end);
            List<String> stored = TickReplay.storedAverages(database);
            return ticks.size() < storedTicks(database).size() || stored.equals(TickReplay.averages(ticks, end));
        });
    }

    private static List<Tick> storedTicks(Database database) {
        List<Tick> ticks = new ArrayList<>();
        database.withConnection(connection -> {
            StoredTicks.forEachAfter(connection, ONLY_FEED, Instant.EPOCH, 0, ticks::add);
            return true;
        });
        return ticks;
    }

    private List<String> storedAlerts(long lastSeq) throws Exception {
        List<String> found = new ArrayList<>();
        String page = "alerts/?limit=10000";
        while (!page.isEmpty()) {
            Client.Answer answer = client().get(page);
            for (JsonNode alert : answer.json()) {
                if (alert.get("trigger").get("seq").longValue() <= lastSeq) {
                    found.add(withoutSeq(alert.toString()));
                }
            }
            Matcher next = NEXT.matcher(answer.header("Link"));
            page = next.find() ? next.group(1) : "";
        }
        Collections.sort(found);
        return found;
    }

    /** An alert without the sequence numbers, which a file of ticks does not keep. */
    private static String withoutSeq(String alert) {
        try {
            ObjectNode json = (ObjectNode) Client.parse(alert);
            ((ObjectNode) json.get("reference")).remove("seq");
            ((ObjectNode) json.get("trigger")).remove("seq");
            return json.toString();
        } catch (IOException e) {
            throw new IllegalArgumentException(alert, e);
        }
    }

    private void assertMemoryIsAsBefore(ServerProcess.Memory before) throws Exception {
        Eventually.await("heap and threads are as before: " + before, () -> {
            ServerProcess.Memory now = server.memory();
            return now.heap() <= before.heap() + MORE_HEAP && now.threads() <= before.threads() + MORE_THREADS;
        });
    }

    private Client client() {
        return new Client(server.address());
    }

    private static void signal(String signal, List<ProcessHandle> processes) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        processes.forEach(process -> command.add(String.valueOf(process.pid())));
        run(command.toArray(String[]::new));
    }

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        int exit = process.waitFor();
        if (exit != 0) {
            System.out.println(String.join(" ", command) + ": " + output);
        }
        return exit;
    }

    /** Lets a fault last. */
    private static void pause(int millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
