package io.tradeops.app.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
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
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data, password, log and programs of one PostgreSQL, and the user that it runs as. Callers hold the lock of the
 * data directory, so any server that runs there and that they didn't start has lost its parent. One thread at a time.
 */
final class PostgresCluster {

    static final String USER = "tradeops";

    private static final Logger log = LoggerFactory.getLogger(PostgresCluster.class);

    /** A start after a crash replays the write-ahead log first, which takes long on a slow disk. */
    private static final long START_SECONDS = 300;

    /** A fast shutdown writes a checkpoint. After this it is cut short; the next start replays the log. */
    private static final long STOP_MILLIS = 12_000;

    /** Processes that lost their server end by themselves, save those in the middle of a long statement. */
    private static final long ORPHAN_MILLIS = 1_000;

    private static final long CHECK_MILLIS = 50;
    private static final int ABORT_CHECKS = 100;
    private static final int LOG_LINES_IN_ERROR = 5;
    private static final int LOG_BYTES_IN_ERROR = 8192;

    /** Files that make a server a copy of another, which accepts no writes. */
    private static final List<String> STANDBY_FILES = List.of("standby.signal", "recovery.signal");

    private final Path home;
    private final Path directory;
    private final Path logFile;
    private final UnprivilegedUser user;
    private final ServerProcesses processes;

    private PostgresCluster(Path home, Path directory, Path logFile, UnprivilegedUser user) {
        this.home = home;
        this.directory = directory;
        this.logFile = logFile;
        this.user = user;
        this.processes = new ServerProcesses(data(directory));
    }

    /** Unpacks the programs, and creates the database the first time. Starts no server. */
    static PostgresCluster prepare(DataDirectory dataDirectory) throws IOException {
        Path home = PostgresBinaries.unpack(dataDirectory.path().resolve("postgres-programs"));
        Path directory = PrivateFiles.createDirectory(directory(dataDirectory.path()));
        Path logFile = dataDirectory.path().resolve("postgres.log");
        PrivateFiles.create(logFile);
        boolean isNew = !Files.exists(data(directory));
        if (isNew) {
            PrivateFiles.write(password(directory), randomPassword());
        }
        PrivateFiles.create(password(directory)); // an older build, or a copy, may have left it readable
        UnprivilegedUser user =
                UnprivilegedUser.forDirectory(home.resolve("bin").resolve("postgres"), directory);
        PostgresCluster cluster = new PostgresCluster(home, directory, logFile, user);
        if (isNew) {
            cluster.initialise();
        }
        cluster.requireUsable();
        if (cluster.readPassword().isEmpty()) {
            cluster.stopLeftovers();
            cluster.replacePassword();
        }
        return cluster;
    }

    /** The directory of the database in a data directory. */
    static Path directory(Path dataDirectory) {
        return dataDirectory.resolve("postgres");
    }

    /** The files of the database in its directory. */
    static Path data(Path directory) {
        return directory.resolve("data");
    }

    /** The file with the superuser's password. */
    static Path password(Path directory) {
        return directory.resolve("password");
    }

    /** The superuser's password. */
    String readPassword() throws IOException {
        return readPassword(directory);
    }

    static String readPassword(Path directory) throws IOException {
        return Files.readString(password(directory), StandardCharsets.US_ASCII).strip();
    }

    /**
     * Starts a server, after everything that still runs in the directory has been stopped. An interrupt stops the start.
     *
     * @return the server's process
     * @throws IOException if the server does not start; the message has the end of its log
     */
    ProcessHandle start(int port) throws IOException {
        stopLeftovers();
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("interrupted before the start");
        }
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
                program("pg_ctl"),
                "start",
                "--pgdata=" + data(directory),
                "--wait",
                "--timeout=" + START_SECONDS,
                "--options=" + options);
        run(command, "embedded PostgreSQL did not start");
        Optional<ProcessHandle> server = processes.server();
        if (server.isEmpty()) {
            throw new IOException("embedded PostgreSQL exited: " + endOfLog());
        }
        return server.get();
    }

    /** Stops the server, if it runs, and waits for the end of all its processes. The data stay. */
    void stop() throws IOException {
        stop(processes.roots());
    }

    private void stop(List<ProcessHandle> roots) throws IOException {
        if (roots.isEmpty()) {
            return;
        }
        boolean hasServer =
                roots.stream().anyMatch(root -> root.children().findAny().isPresent());
        for (ProcessHandle root : roots) {
            interrupt(root);
        }
        if (!hasEnded(roots, hasServer ? STOP_MILLIS : ORPHAN_MILLIS)) {
            log.warn("embedded PostgreSQL did not stop in time; killing its processes");
            roots.forEach(ProcessHandle::destroyForcibly);
            hasEnded(roots, ORPHAN_MILLIS);
        }
        List<ProcessHandle> orphans = processes.roots();
        if (!hasEnded(orphans, ORPHAN_MILLIS)) {
            orphans.forEach(ProcessHandle::destroyForcibly);
            hasEnded(orphans, ORPHAN_MILLIS);
        }
    }

    private void stopLeftovers() throws IOException {
        List<ProcessHandle> leftovers = processes.roots();
        for (ProcessHandle left : leftovers) {
            log.info("stopping process {} of the embedded PostgreSQL, which was left running", left.pid());
        }
        stop(leftovers);
        Files.deleteIfExists(data(directory).resolve("postmaster.pid"));
    }

    private void initialise() throws IOException {
        log.info("creating the embedded database in {}", data(directory));
        Path partial = data(directory).resolveSibling("data.partial");
        if (Files.exists(partial)) {
            PostgresBinaries.deleteRecursively(partial);
        }
        List<String> command = List.of(
                program("initdb"),
                "--pgdata=" + partial,
                "--username=" + USER,
                "--pwfile=" + password(directory),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C");
        run(command, "initdb failed");
        Files.move(partial, data(directory), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The file is empty after a power cut, or was lost. PostgreSQL without its server asks for no password. */
    private void replacePassword() throws IOException {
        log.warn("the embedded database gets a new password, because {} is empty", password(directory));
        String replacement = randomPassword();
        Path statement = directory.resolve("statement");
        PrivateFiles.write(statement, "alter role " + USER + " password '" + replacement + "'\n");
        try {
            List<String> command = List.of(
                    program("postgres"), "--single", "-D", data(directory).toString(), "postgres");
            run(command, "setting a password failed", ProcessBuilder.Redirect.from(statement.toFile()));
        } finally {
            Files.delete(statement);
        }
        PrivateFiles.write(password(directory), replacement);
    }

    private void requireUsable() throws IOException {
        for (String name : STANDBY_FILES) {
            Path file = data(directory).resolve(name);
            if (Files.exists(file)) {
                throw new IOException("embedded PostgreSQL would accept no writes, because of the file " + file
                        + "; remove it to use these data");
            }
        }
    }

    private static String randomPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().encodeToString(random);
    }

    private String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    /** Asks a server to disconnect its clients and to stop, or another process to give up its statement. */
    private void interrupt(ProcessHandle process) {
        try {
            run(List.of(program("pg_ctl"), "kill", "INT", String.valueOf(process.pid())), "pg_ctl kill failed");
        } catch (IOException e) {
            log.debug("process {} has ended already, or gets no signals: {}", process.pid(), e.getMessage());
        }
    }

    private static boolean hasEnded(List<ProcessHandle> started, long limitMillis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
        while (started.stream().anyMatch(ServerProcesses::isRunning)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(CHECK_MILLIS));
        }
        return true;
    }

    private void run(List<String> command, String failure) throws IOException {
        run(command, failure, ProcessBuilder.Redirect.PIPE);
    }

    private void run(List<String> command, String failure, ProcessBuilder.Redirect input) throws IOException {
        Process process = user.process(command)
                .directory(home.toFile())
                .redirectInput(input)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()))
                .start();
        try {
            if (!process.waitFor(2 * START_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(failure + ": " + endOfLog());
            }
        } catch (InterruptedException e) {
            abort(process);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** {@code pg_ctl} ends with the server that it starts. If it were killed first, that server could go on. */
    private void abort(Process process) throws IOException {
        try {
            for (int i = 0; i < ABORT_CHECKS && process.isAlive(); i++) {
                Optional<ProcessHandle> server = processes.server();
                if (server.isPresent()) {
                    interrupt(server.get());
                }
                process.waitFor(CHECK_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            log.debug("interrupted again");
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private String endOfLog() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(logFile.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(file.length(), LOG_BYTES_IN_ERROR)];
            file.seek(file.length() - end.length);
            file.readFully(end);
            List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES_IN_ERROR), lines.size()));
        }
    }
}
