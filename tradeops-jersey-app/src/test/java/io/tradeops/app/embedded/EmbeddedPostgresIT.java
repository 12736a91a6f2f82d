package io.tradeops.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.app.support.Eventually;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server after crashes: what its pid file and a killed process may leave behind. */
class EmbeddedPostgresIT {

    private static final String FOREIGN_SECRET = "a-secret-of-the-server";

    private static final String RECORDING_INITDB = """
            #!/bin/sh
            for argument in "$@"; do
              case "$argument" in --pwfile=*) password="${argument#--pwfile=}";; esac
            done
            record="$(dirname "$password")/record"
            ls -l "$password" > "$record"
            echo "$@" >> "$record"
            env >> "$record"
            chmod go-w "$record"
            exec REAL "$@"
            """;

    @TempDir
    private static Path first;

    @TempDir
    private static Path second;

    @BeforeAll
    static void createDatabase() throws Exception {
        try (DataDirectory directory = DataDirectory.open(first);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            assertThat(answers(postgres)).isTrue();
        }
    }

    /** Contents of pid files by what they are. */
    static Stream<Arguments> leftPidFiles() {
        Function<Object, byte[]> server =
                pid -> (pid + "\n" + data(first) + "\n1700000000\n5432\n\n127.0.0.1\n" + "  12345  6\nready   \n")
                        .getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                Arguments.of("empty", new byte[0]),
                Arguments.of("not text", new byte[] {(byte) 0xff, (byte) 0xfe, 0, 10, (byte) 0xc3, 10}),
                Arguments.of("zeros of a file system after a power cut", new byte[4096]),
                Arguments.of("a process that has ended", server.apply(4_194_305)),
                Arguments.of("process 1", server.apply(1)),
                Arguments.of("a huge number", server.apply("99999999999999999999999")),
                Arguments.of(
                        "this program", server.apply(ProcessHandle.current().pid())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("leftPidFiles")
    void startsWhateverThePidFileNames(String what, byte[] content) throws Exception {
        Files.write(pidFile(first), content);

        try (DataDirectory directory = DataDirectory.open(first);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            assertThat(answers(postgres)).as(what).isTrue();
        }
    }

    @Test
    @EnabledOnOs(
            value = {OS.LINUX, OS.MAC},
            disabledReason = "uses the program sleep")
    void leavesAnotherProgramAlone() throws Exception {
        Process other = new ProcessBuilder("sleep", "600")
                .directory(data(first).toFile())
                .start();
        Files.writeString(pidFile(first), other.pid() + "\n" + data(first) + "\n");

        try (DataDirectory directory = DataDirectory.open(first);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            assertThat(answers(postgres)).isTrue();
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    /** A copy of a running directory has the other's pid file; a number may also be given to another server later. */
    @Test
    void leavesTheDatabaseOfAnotherDirectoryAlone() throws Exception {
        try (DataDirectory otherDirectory = DataDirectory.open(second);
                EmbeddedPostgres other = EmbeddedPostgres.start(otherDirectory)) {
            String copied = Files.readString(pidFile(second));
            for (String left : List.of(
                    copied, copied.replace(data(second).toString(), data(first).toString()))) {
                Files.writeString(pidFile(first), left);

                assertThat(EmbeddedPostgres.findRunning(first)).isEmpty();
                try (DataDirectory directory = DataDirectory.open(first);
                        EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
                    assertThat(answers(postgres)).isTrue();
                    assertThat(postgres.process()).isNotEqualTo(other.process());
                    assertThat(other.process().isAlive()).isTrue();
                    assertThat(answers(other)).isTrue();
                    assertThat(EmbeddedPostgres.findRunning(first))
                            .map(EmbeddedPostgres.Address::jdbcUrl)
                            .contains(postgres.jdbcUrl());
                }
            }
        }
    }

    /** {@code missing} and {@code empty} are what becomes of the pid file before the next start. */
    @ParameterizedTest
    @ValueSource(strings = {"intact", "empty", "missing"})
    @EnabledOnOs(
            value = OS.LINUX,
            disabledReason = "elsewhere only the pid file tells which processes are the database's")
    void stopsWhatAKilledProcessLeftRunning(String pidFile) throws Exception {
        Process killed = startInProcess(first);
        long left = pid(first);
        killed.destroyForcibly().waitFor();
        ProcessHandle orphan = ProcessHandle.of(left).orElseThrow();
        assertThat(orphan.isAlive()).isTrue();
        if (pidFile.equals("empty")) {
            Files.write(pidFile(first), new byte[0]);
        } else if (pidFile.equals("missing")) {
            Files.delete(pidFile(first));
        }

        try (DataDirectory directory = DataDirectory.open(first);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            assertThat(answers(postgres)).isTrue();
            assertThat(ServerProcesses.isRunning(orphan)).isFalse();
        }
        assertThat(processesOf(first)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "empty"})
    void lostPasswordIsReplaced(String what) throws Exception {
        Path password = first.resolve("postgres/password");
        String lost = Files.readString(password);
        if (what.equals("missing")) {
            Files.delete(password);
        } else {
            Files.write(password, new byte[0]);
        }

        try (DataDirectory directory = DataDirectory.open(first);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            assertThat(postgres.password()).hasSameSizeAs(lost).isNotEqualTo(lost);
            assertThat(answers(postgres)).isTrue();
        }
        assertThat(Files.readString(first.resolve("postgres.log"))).doesNotContain(Files.readString(password));
        assertThat(first.resolve("postgres/statement")).doesNotExist();
    }

    @Test
    void refusesAStandbyAndNamesItsFile() throws Exception {
        Path file = Files.createFile(data(first).resolve("standby.signal"));
        try (DataDirectory directory = DataDirectory.open(first)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("accept no writes")
                    .hasMessageContaining(file.toString());
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void refusesASecondServerOnOneDirectory() throws Exception {
        try (DataDirectory directory = DataDirectory.open(first);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            assertThatThrownBy(() -> DataDirectory.open(first)).hasMessageContaining("is in use");
            assertThat(answers(postgres)).isTrue();
        }
    }

    @Test
    void killedServerIsStartedAgainWithTheSameAddress() throws Exception {
        try (DataDirectory directory = DataDirectory.open(first);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            String address = postgres.jdbcUrl() + postgres.password();
            for (int i = 0; i < 3; i++) {
                ProcessHandle killed = postgres.process();
                execute(
                        postgres,
                        "create table if not exists kills (number int); insert into kills values (" + i + ")");
                killed.destroyForcibly();

                Eventually.await(
                        "a new process answers", () -> !postgres.process().equals(killed) && answers(postgres));
                assertThat(postgres.jdbcUrl() + postgres.password()).isEqualTo(address);
                assertThat(EmbeddedPostgres.findRunning(first))
                        .map(EmbeddedPostgres.Address::jdbcUrl)
                        .contains(postgres.jdbcUrl());
            }
            assertThat(number(postgres, "select count(distinct number) from kills"))
                    .isEqualTo(3);
        }
        assertThat(processesOf(first)).isEmpty();
    }

    /** A process in the middle of a statement doesn't notice that its server is gone, and holds its shared memory. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere the restart waits for the statement's end")
    void killedServerIsStartedAgainDuringALongStatement() throws Exception {
        try (DataDirectory directory = DataDirectory.open(first);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(directory);
                Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            ProcessHandle busy = ProcessHandle.of(row.getLong(1)).orElseThrow();
            Thread client = new Thread(() -> assertThatThrownBy(
                            () -> statement.executeQuery("select count(*) from generate_series(1, 1000000000000)"))
                    .isInstanceOf(SQLException.class));
            client.start();
            Eventually.await(
                    "the statement runs",
                    () -> number(
                                    postgres,
                                    "select count(*) from pg_stat_activity where state = 'active' and pid = "
                                            + busy.pid())
                            == 1);
            ProcessHandle killed = postgres.process();
            killed.destroyForcibly();

            Eventually.await("a new process answers", () -> !postgres.process().equals(killed) && answers(postgres));
            assertThat(ServerProcesses.isRunning(busy)).isFalse();
            client.join();
        }
        assertThat(processesOf(first)).isEmpty();
    }

    @Test
    void restartIsTriedUntilItSucceeds() throws Exception {
        try (DataDirectory directory = DataDirectory.open(first);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            ProcessHandle killed = postgres.process();
            Path control = data(first).resolve("global/pg_control");
            Path hidden = control.resolveSibling("pg_control.hidden");
            long logged = Files.size(first.resolve("postgres.log"));
            Files.move(control, hidden);
            try {
                killed.destroyForcibly();
                Eventually.await(
                        "a restart fails",
                        () -> Files.readString(first.resolve("postgres.log"))
                                .substring((int) logged)
                                .contains("could not open file"));
                assertThat(EmbeddedPostgres.findRunning(first)).isEmpty();
            } finally {
                Files.move(hidden, control);
            }

            Eventually.await("a new process answers", () -> !postgres.process().equals(killed) && answers(postgres));
        }
        assertThat(processesOf(first)).isEmpty();
    }

    /** {@code millis} is the time from the kill to the stop, which meets the restart at different stages. */
    @ParameterizedTest
    @ValueSource(ints = {0, 230, 300, 400, 600, 1000})
    void stopDuringARestartLeavesNoProcess(int millis) throws Exception {
        try (DataDirectory directory = DataDirectory.open(first)) {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(directory);
            postgres.process().destroyForcibly();
            long killed = System.nanoTime();
            Eventually.await("the time has come", () -> System.nanoTime() - killed >= millis * 1_000_000L);
            postgres.close();

            assertThat(processesOf(first)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "022", "077"})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "looks into /proc")
    void othersNeverSeeAPassword(String umask, @TempDir Path parent) throws Exception {
        Path directory = Files.createDirectory(parent.resolve("data"));
        recordInitdb(first, directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Process program = startInProcess(directory, "sh", "-c", "umask " + umask + "; exec \"$0\" \"$@\"");
        try {
            Path postgres = directory.resolve("postgres");
            String password = Files.readString(postgres.resolve("password"));
            String record = Files.readString(postgres.resolve("record"));

            assertThat(record).as("the file that initdb reads").startsWith("-rw-------");
            assertThat(record).contains("--pwfile=").doesNotContain(password, FOREIGN_SECRET);
            assertThat(permissions(postgres)).isEqualTo("rwx------");
            assertThat(permissions(directory.resolve("s3"))).isEqualTo("rwx------");
            for (String file : List.of("postgres/password", "s3-secret", "postgres.log")) {
                assertThat(permissions(directory.resolve(file))).as(file).isEqualTo("rw-------");
            }
            assertThat(openToOthers(postgres)).isEmpty();
            ProcessHandle server = ProcessHandle.of(pid(directory)).orElseThrow();
            for (ProcessHandle process :
                    Stream.concat(Stream.of(server), server.children()).toList()) {
                assertThat(seenFromOutside(process)).doesNotContain(password, FOREIGN_SECRET);
            }
        } finally {
            program.getOutputStream().close();
            assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(processesOf(directory)).isEmpty();
    }

    /** The command line and the environment of a process; empty once it has ended. */
    private static String seenFromOutside(ProcessHandle process) throws IOException {
        Path seen = Path.of("/proc", String.valueOf(process.pid()));
        try {
            return Files.readString(seen.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    + Files.readString(seen.resolve("environ"), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private static Path data(Path directory) {
        return directory.resolve("postgres").resolve("data");
    }

    private static Path pidFile(Path directory) {
        return data(directory).resolve("postmaster.pid");
    }

    private static long pid(Path directory) throws IOException {
        return Long.parseLong(Files.readAllLines(pidFile(directory)).get(0));
    }

    private static boolean answers(EmbeddedPostgres postgres) {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 1")) {
            return row.next();
        } catch (SQLException e) {
            return false;
        }
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    /** The command lines of the processes that work in a directory's database or name it. */
    private static List<String> processesOf(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(process -> isIn(process, data(directory)) && ServerProcesses.isRunning(process))
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse("?"))
                .toList();
    }

    private static boolean isIn(ProcessHandle process, Path data) {
        if (process.info()
                .commandLine()
                .filter(line -> line.contains(data.toString()))
                .isPresent()) {
            return true;
        }
        try {
            return Files.isSameFile(Path.of("/proc", String.valueOf(process.pid()), "cwd"), data);
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts the database in a process of its own and waits until it runs. */
    private static Process startInProcess(Path directory, String... prefix) throws IOException {
        List<String> command = new ArrayList<>(List.of(prefix));
        command.addAll(Starter.command(directory));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("TRADEOPS_DASHBOARD_PASSWORD", FOREIGN_SECRET);
        Process process = builder.start();
        assertThat(process.inputReader().readLine()).startsWith("started");
        return process;
    }

    /** The programs of another directory, but an {@code initdb} that writes down how it is called and what it sees. */
    private static void recordInitdb(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from.resolve("postgres-programs"))) {
            Path programs =
                    files.filter(file -> file.endsWith("bin")).findFirst().orElseThrow();
            Path bin = Files.createDirectories(to.resolve(from.relativize(programs)));
            for (String name : List.of("pg_ctl", "postgres")) {
                Files.createSymbolicLink(bin.resolve(name), programs.resolve(name));
            }
            Path initdb = bin.resolve("initdb");
            Files.writeString(
                    initdb,
                    RECORDING_INITDB.replace("REAL", programs.resolve("initdb").toString()));
            Files.setPosixFilePermissions(initdb, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** What all users can write to, or read of what only the program may know. */
    private static List<String> openToOthers(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<String> found = new ArrayList<>();
            for (Path file : files.filter(file -> !Files.isSymbolicLink(file)).toList()) {
                if (permissions(file).matches("....w....|.......w.")) {
                    found.add(permissions(file) + " " + file);
                }
            }
            return found;
        }
    }

    /** A program that starts the database, and stops it at the end of its input unless it is killed before. */
    static final class Starter {

        static List<String> command(Path directory) {
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Starter.class.getName(),
                    directory.toString());
        }

        public static void main(String[] arguments) throws Exception {
            try (DataDirectory directory = DataDirectory.open(Path.of(arguments[0]));
                    EmbeddedS3 s3 = EmbeddedS3.start(directory);
                    EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
                System.out.println("started " + s3.endpoint() + " " + postgres.jdbcUrl());
                System.in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }
}
