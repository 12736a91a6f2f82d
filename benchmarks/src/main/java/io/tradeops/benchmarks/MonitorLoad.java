package io.tradeops.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How many ticks per second does the monitor evaluate and store on one core, and by how much is it behind the feed? The
 * processes {@code monitor} and {@code feed}, which simulates a market, run on the first and the second core.
 * PostgreSQL must be running, preferably pinned to the second core, too. Its tables of ticks and alerts are emptied.
 * Runs on Linux only, because it uses {@code taskset}.
 *
 * <pre>{@code
 * export TRADEOPS_DATABASE_URL=… TRADEOPS_DATABASE_USER=… TRADEOPS_DATABASE_PASSWORD=…
 * java -cp benchmarks/target/benchmarks.jar io.tradeops.benchmarks.MonitorLoad \
 *     TICKS_PER_SECOND TICKERS SECONDS [JVM_OPTION…]
 * }</pre>
 */
public final class MonitorLoad {

    private static final String JAR = "tradeops-jersey-app/target/tradeops.jar";
    private static final int WARM_UP_SECONDS = 20;
    private static final String BEHIND =
            "select coalesce(extract(epoch from clock_timestamp() - max(occurred_at)), -1) from price_ticks";

    private final Connection database;
    private final List<Double> behind = new ArrayList<>();

    private MonitorLoad(Connection database) {
        this.database = database;
    }

    /** Runs the load. The arguments are ticks per second, tickers, seconds, options of the monitor's JVM. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> environment = System.getenv();
        List<String> options = Arrays.asList(arguments).subList(3, arguments.length);
        Path logs = Files.createTempDirectory("monitor-load");
        try (Connection database = DriverManager.getConnection(
                environment.getOrDefault("TRADEOPS_DATABASE_URL", ""),
                environment.get("TRADEOPS_DATABASE_USER"),
                environment.get("TRADEOPS_DATABASE_PASSWORD"))) {
            MonitorLoad load = new MonitorLoad(database);
            load.empty();
            int port = freePort();
            Process feed =
                    start(logs, "feed", 1, List.of("-Xmx512m"), feed(port, arguments), "feed", "--first-seq", "1");
            Process monitor =
                    start(logs, "monitor", 0, options, Map.of(), "monitor", "ws://127.0.0.1:" + port + "/prices");
            try {
                load.awaitFirstTick();
                load.run(monitor, Integer.parseInt(arguments[2]));
            } finally {
                monitor.destroy();
                feed.destroy();
            }
        }
        try (var lines = Files.lines(logs.resolve("monitor.log"))) {
            lines.filter(line -> line.contains("WARN") || line.contains("ERROR"))
                    .limit(10)
                    .forEach(System.out::println);
        }
        System.out.println("logs in " + logs);
    }

    private static Map<String, String> feed(int port, String[] arguments) {
        return Map.of(
                "TRADEOPS_PORT",
                String.valueOf(port),
                "TRADEOPS_FEED_RATE",
                arguments[0],
                "TRADEOPS_FEED_TICKERS",
                arguments[1]);
    }

    private static Process start(
            Path logs, String name, int core, List<String> options, Map<String, String> environment, String... command)
            throws IOException {
        List<String> line = new ArrayList<>(List.of("taskset", "-c", String.valueOf(core)));
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.addAll(List.of("-jar", JAR));
        line.addAll(List.of(command));
        File log = logs.resolve(name + ".log").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private void run(Process monitor, int seconds) throws Exception {
        watch(WARM_UP_SECONDS);
        behind.clear();
        long before = number("select last_seq from feed_offsets");
        long alerts = number("select count(*) from alerts");
        long cpu = cpuNanos(monitor);
        long start = System.nanoTime();
        watch(seconds);
        long nanos = System.nanoTime() - start;
        long after = number("select last_seq from feed_offsets");
        long found = number("select count(*) from alerts") - alerts;
        double busy = (cpuNanos(monitor) - cpu) / (double) nanos;
        long missing = after - number("select count(*) from price_ticks where seq <= " + after);
        behind.sort(null);
        System.out.printf(
                "%.0f ticks/s stored, %d alerts, %d ticks missing; behind by %.2f s (median), %.2f s (maximum);"
                        + " the monitor used %.0f %% of a core%n",
                (after - before) * 1e9 / nanos,
                found,
                missing,
                behind.get(behind.size() / 2),
                behind.get(behind.size() - 1),
                100 * busy);
    }

    /** Samples ten times per second by how much the monitor is behind. */
    private void watch(int seconds) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            behind.add(behindSeconds());
            TimeUnit.MILLISECONDS.sleep(100);
        }
        System.out.printf(
                "tick %d, %.2f s behind%n", number("select last_seq from feed_offsets"), behind.get(behind.size() - 1));
    }

    private double behindSeconds() throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(BEHIND)) {
            rows.next();
            return rows.getDouble(1);
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private void empty() throws SQLException {
        try (Statement statement = database.createStatement()) {
            if (hasTables()) {
                statement.execute("truncate price_ticks, open_windows, alerts, feed_offsets, detector_snapshots");
            }
        }
    }

    private void awaitFirstTick() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WARM_UP_SECONDS);
        while (!hasTables() || behindSeconds() < 0) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the monitor stores nothing");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private boolean hasTables() throws SQLException {
        return number("select count(*) from pg_tables where tablename = 'feed_offsets'") > 0;
    }

    private static long cpuNanos(Process process) {
        return process.toHandle().info().totalCpuDuration().orElseThrow().toNanos();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
