package io.tradeops.app.embedded;

import io.tradeops.app.log.RateLimitedLog;
import io.tradeops.jobs.thread.ThreadStop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that this process runs as a child, on a free loopback port, with a password. Its data stay in a
 * directory across restarts, and are durable: {@code fsync} and {@code synchronous_commit} are on. Thread-safe.
 *
 * <p>If the server ends by itself, because it is killed or fails, it is started again on the same port.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private static final String DATABASE = "postgres";
    private static final int START_ATTEMPTS = 3;
    private static final long CHECK_MILLIS = 200;

    /** The pause after a failed restart. It doubles with each up to the longest. */
    private static final long FIRST_PAUSE_MILLIS = 250;

    private static final long LONGEST_PAUSE_MILLIS = 4_000;

    /** Two starts are at least this far apart, also if the server ends right after each. */
    private static final long START_SPACING_MILLIS = 1_000;

    private static final Duration STOP_WAIT = Duration.ofSeconds(10);

    private final PostgresCluster cluster;
    private final int port;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread watch = new Thread(this::watch, "embedded-postgres");
    private final RateLimitedLog failures = new RateLimitedLog(log, "embedded PostgreSQL was not started again");
    private volatile ProcessHandle process;
    private long lastStartNanos = System.nanoTime();

    private EmbeddedPostgres(PostgresCluster cluster, ProcessHandle process, int port) {
        this.cluster = cluster;
        this.process = process;
        this.port = port;
        watch.setDaemon(true);
    }

    /**
     * Starts a server with its data in {@code directory}. Creates the database the first time. Stops a server that a
     * killed process left running there, and no other.
     *
     * @throws IOException if the server does not start; the message has the end of the server's log
     */
    public static EmbeddedPostgres start(DataDirectory directory) throws IOException {
        PostgresCluster cluster = PostgresCluster.prepare(directory);
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
        Path directory =
                PostgresCluster.directory(dataDirectory.toAbsolutePath().normalize());
        Optional<PidFile> running =
                new ServerProcesses(PostgresCluster.data(directory)).pidFile().filter(PidFile::isReady);
        if (running.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Address(
                jdbcUrl(running.get().port(), DATABASE),
                PostgresCluster.USER,
                PostgresCluster.readPassword(directory)));
    }

    /** Whether a directory has a database, running or not. */
    public static boolean exists(Path dataDirectory) {
        return Files.exists(PostgresCluster.data(PostgresCluster.directory(dataDirectory)));
    }

    /** Like {@link #start(DataDirectory)}, but on a given port. */
    public static EmbeddedPostgres start(DataDirectory directory, int port) throws IOException {
        return start(PostgresCluster.prepare(directory), port);
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
        return PostgresCluster.USER;
    }

    /** The superuser's password. */
    public String password() {
        try {
            return cluster.readPassword();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server's process; after a restart, the new one. */
    public ProcessHandle process() {
        return process;
    }

    /** Stops the server, also while it is being started again; the data stay. */
    @Override
    public void close() throws IOException {
        closed.countDown();
        ThreadStop.stop(watch, STOP_WAIT);
        cluster.stop();
    }

    private static EmbeddedPostgres start(PostgresCluster cluster, int port) throws IOException {
        EmbeddedPostgres started = new EmbeddedPostgres(cluster, cluster.start(port), port);
        started.watch.start();
        return started;
    }

    private void watch() {
        while (isOpenAfter(CHECK_MILLIS)) {
            try {
                if (!ServerProcesses.isRunning(process)) {
                    log.warn("embedded PostgreSQL, process {}, has ended; starting it again", process.pid());
                    startAgain();
                }
            } catch (RuntimeException | Error e) { // the watch goes on
                log.error("embedded PostgreSQL could not be watched", e);
            }
        }
    }

    private void startAgain() {
        long ended = System.nanoTime();
        long pauseMillis = START_SPACING_MILLIS - TimeUnit.NANOSECONDS.toMillis(ended - lastStartNanos);
        for (long next = FIRST_PAUSE_MILLIS;
                isOpenAfter(pauseMillis);
                next = Math.min(2 * next, LONGEST_PAUSE_MILLIS)) {
            try {
                lastStartNanos = System.nanoTime();
                process = cluster.start(port);
                log.info(
                        "embedded PostgreSQL runs again, as process {}, {} ms after its end was noticed",
                        process.pid(),
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - ended));
                return;
            } catch (IOException | RuntimeException e) {
                if (closed.getCount() == 0) {
                    return;
                }
                failures.warn(String.valueOf(e.getMessage()));
                pauseMillis = next;
            }
        }
    }

    /** Pauses, unless this closes meanwhile. */
    private boolean isOpenAfter(long millis) {
        try {
            return !closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return closed.getCount() > 0;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
