package io.tradeops.app.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that this process runs as a child, on a free loopback port, with a password. Its data stay in a
 * directory across restarts, and are durable: {@code fsync} and {@code synchronous_commit} are on. Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private static final String USER = "tradeops";
    private static final String DATABASE = "postgres";
    private static final int START_ATTEMPTS = 3;
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 15;
    private static final int LOG_LINES_IN_ERROR = 5;
    private static final int PID_FILE_PORT = 3;
    private static final int PID_FILE_STATUS = 7;

    private final Cluster cluster;
    private final ProcessHandle process;
    private final int port;

    private EmbeddedPostgres(Cluster cluster, ProcessHandle process, int port) {
        this.cluster = cluster;
        this.process = process;
        this.port = port;
    }

    /** The programs, data, password and log of one server, and the user that it runs as. */
    private record Cluster(Path home, Path directory, Path logFile, UnprivilegedUser user) {

        Path data() {
            return directory.resolve("data");
        }

        Path password() {
            return directory.resolve("password");
        }

        Path pidFile() {
            return data().resolve("postmaster.pid");
        }

        Path binary() {
            return home.resolve("bin").resolve("postgres");
        }

        String program(String name) {
            return home.resolve("bin").resolve(name).toString();
        }

        String readPassword() throws IOException {
            return Files.readString(password(), StandardCharsets.US_ASCII).strip();
        }
    }

    /**
     * Starts a server with its data in {@code directory}. Creates the database the first time. Stops a server that a
     * killed process left running there.
     *
     * @throws IOException if the server does not start; the message has the end of the server's log
     */
    public static EmbeddedPostgres start(DataDirectory directory) throws IOException {
        Cluster cluster = prepare(directory);
        IOException failure = new IOException("embedded PostgreSQL was not started");
        for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
            try {
                return start(cluster, freePort());
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    /** The JDBC URL and the credentials of a server. Immutable; its text has no credentials. */
    public record Address(String jdbcUrl, String user, String password) {

        @Override
        public String toString() {
            return "Address[" + jdbcUrl + "]";
        }
    }

    /**
     * Finds the server that another process runs on the data in a directory.
     *
     * @return its address; empty if no server is ready
     * @throws IOException if reading its files fails
     */
    public static Optional<Address> findRunning(Path dataDirectory) throws IOException {
        Path directory = dataDirectory.toAbsolutePath().normalize().resolve("postgres");
        Path pidFile = directory.resolve("data").resolve("postmaster.pid");
        List<String> lines = Files.exists(pidFile) ? Files.readAllLines(pidFile) : List.of();
        if (lines.size() <= PID_FILE_STATUS || !lines.get(PID_FILE_STATUS).startsWith("ready")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(lines.get(PID_FILE_PORT).strip());
        String password = Files.readString(directory.resolve("password"), StandardCharsets.US_ASCII)
                .strip();
        return Optional.of(new Address(jdbcUrl(port, DATABASE), USER, password));
    }

    /** Whether a directory has a database, running or not. */
    public static boolean exists(Path dataDirectory) {
        return Files.exists(dataDirectory.resolve("postgres").resolve("data"));
    }

    /** Like {@link #start(DataDirectory)}, but on a given port. */
    public static EmbeddedPostgres start(DataDirectory directory, int port) throws IOException {
        return start(prepare(directory), port);
    }

    /** The JDBC URL of the default database. */
    public String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    /** The JDBC URL of a database. */
    public String jdbcUrl(String database) {
        return jdbcUrl(port, database);
    }

    private static String jdbcUrl(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The port that the server listens on. */
    public int port() {
        return port;
    }

    /** The superuser's name. */
    public String user() {
        return USER;
    }

    /** The superuser's password. */
    public String password() {
        try {
            return cluster.readPassword();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server's process. */
    public ProcessHandle process() {
        return process;
    }

    /** Stops the server; the data stay. */
    @Override
    public void close() throws IOException {
        if (process.isAlive()) {
            runPgCtlStop(cluster);
        }
    }

    private static Cluster prepare(DataDirectory directory) throws IOException {
        Path home = PostgresBinaries.unpack(directory.path().resolve("postgres-programs"));
        Path parent = Files.createDirectories(directory.path().resolve("postgres"));
        Cluster cluster = new Cluster(
                home,
                parent,
                directory.path().resolve("postgres.log"),
                UnprivilegedUser.forDirectory(home.resolve("bin").resolve("postgres"), parent));
        if (!Files.exists(cluster.data())) {
            initialise(cluster);
        }
        DataDirectory.keepPrivate(cluster.password()); // only now: initdb reads it as another user
        stopOrphan(cluster);
        return cluster;
    }

    private static void initialise(Cluster cluster) throws IOException {
        log.info("creating the embedded database in {}", cluster.data());
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Files.writeString(cluster.password(), Base64.getUrlEncoder().encodeToString(random));
        Path partial = cluster.data().resolveSibling("data.partial");
        if (Files.exists(partial)) {
            PostgresBinaries.deleteRecursively(partial);
        }
        UnprivilegedUser user = UnprivilegedUser.forDirectory(cluster.binary(), cluster.directory());
        List<String> command = user.command(List.of(
                cluster.program("initdb"),
                "--pgdata=" + partial,
                "--username=" + USER,
                "--pwfile=" + cluster.password(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C"));
        run(cluster, command, "initdb failed");
        Files.move(partial, cluster.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static EmbeddedPostgres start(Cluster cluster, int port) throws IOException {
        Map<String, String> settings = Map.of(
                "port", String.valueOf(port),
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "timezone", "UTC",
                "log_timezone", "UTC",
                "max_connections", "100");
        String options = settings.entrySet().stream()
                .map(setting -> "-c " + setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" "));
        // pg_ctl starts the server in its own session, so a terminal's Ctrl-C reaches only this process
        List<String> command = List.of(
                cluster.program("pg_ctl"),
                "start",
                "--pgdata=" + cluster.data(),
                "--wait",
                "--timeout=" + START_SECONDS,
                "--options=" + options);
        run(cluster, cluster.user().command(command), "embedded PostgreSQL did not start");
        Optional<ProcessHandle> process = runningServer(cluster);
        if (process.isEmpty()) {
            throw new IOException("embedded PostgreSQL exited: " + endOfLog(cluster));
        }
        return new EmbeddedPostgres(cluster, process.get(), port);
    }

    /** This process holds the data directory's lock, so a server that runs there has lost its parent. */
    private static void stopOrphan(Cluster cluster) throws IOException {
        Optional<ProcessHandle> orphan = runningServer(cluster);
        if (orphan.isPresent()) {
            log.info(
                    "stopping the embedded PostgreSQL, process {}, that a killed process left running",
                    orphan.get().pid());
            runPgCtlStop(cluster);
        }
        Files.deleteIfExists(cluster.pidFile());
    }

    /** The server that the data directory's pid file names, unless another program has that pid now. */
    private static Optional<ProcessHandle> runningServer(Cluster cluster) throws IOException {
        if (!Files.exists(cluster.pidFile())) {
            return Optional.empty();
        }
        long pid = Long.parseLong(Files.readAllLines(cluster.pidFile()).get(0).strip());
        return ProcessHandle.of(pid)
                .filter(process -> process.info()
                        .command()
                        .filter(program -> program.contains("postgres"))
                        .isPresent());
    }

    private static void runPgCtlStop(Cluster cluster) throws IOException {
        List<String> command = List.of(
                cluster.program("pg_ctl"),
                "stop",
                "--pgdata=" + cluster.data(),
                "--mode=fast",
                "--timeout=" + STOP_SECONDS);
        run(cluster, cluster.user().command(command), "pg_ctl stop failed");
    }

    private static void run(Cluster cluster, List<String> command, String failure) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(cluster.home().toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(cluster.logFile().toFile()))
                .start();
        try {
            if (!process.waitFor(2 * START_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(failure + ": " + endOfLog(cluster));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String endOfLog(Cluster cluster) throws IOException {
        List<String> lines = Files.readAllLines(cluster.logFile());
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES_IN_ERROR), lines.size()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
