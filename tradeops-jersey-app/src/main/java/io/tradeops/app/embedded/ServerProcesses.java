package io.tradeops.app.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tells which processes belong to the PostgreSQL of one data directory. A process is known by what the system says
 * about it, never by its number alone: the number of a server that has ended may be given to any other program, another
 * PostgreSQL among them. Thread-safe.
 *
 * <p>On Linux a process of PostgreSQL works in its data directory, and that decides. Where the system doesn't tell a
 * process's working directory, the pid file's directory and start time, and the process's arguments must all agree.
 */
final class ServerProcesses {

    private static final String PROGRAM = "postgres";

    /** A server notes its start when its program begins, which a busy machine delays. */
    private static final Duration LATEST_NOTE = Duration.ofSeconds(10);

    /** The system counts from a time of its own, and the note is in whole seconds. */
    private static final Duration EARLIEST_NOTE = Duration.ofSeconds(2);

    private final Path data;

    ServerProcesses(Path data) {
        this.data = data;
    }

    /** The pid file of the server that runs in the data directory now; empty if none does, or the file is of another. */
    Optional<PidFile> pidFile() throws IOException {
        return PidFile.read(data.resolve("postmaster.pid"))
                .filter(file -> process(file).isPresent());
    }

    /** The server that runs in the data directory, as its pid file names it. */
    Optional<ProcessHandle> server() throws IOException {
        return pidFile().flatMap(this::process);
    }

    /**
     * The processes of the data directory that no other of them started: the server, or what is left of one that was
     * killed. Where the system doesn't tell working directories, it is the server of the pid file only.
     */
    List<ProcessHandle> roots() throws IOException {
        List<ProcessHandle> all = ProcessHandle.allProcesses()
                .filter(process -> worksHere(process).orElse(false))
                .filter(ServerProcesses::isPostgres)
                .filter(ServerProcesses::isRunning)
                .toList();
        return all.isEmpty()
                ? server().stream().toList()
                : all.stream()
                        .filter(process ->
                                process.parent().filter(all::contains).isEmpty())
                        .toList();
    }

    /** Whether a process runs. A process that has ended, and that its parent has not asked about, does not. */
    static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && !isZombie(process);
    }

    private Optional<ProcessHandle> process(PidFile file) {
        return ProcessHandle.of(file.pid())
                .filter(ServerProcesses::isRunning)
                .filter(ServerProcesses::isPostgres)
                .filter(process -> worksHere(process).orElseGet(() -> file.names(data) && fits(file, process.info())));
    }

    private static boolean isPostgres(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        return info.command()
                .or(() -> info.commandLine().map(line -> line.split(" -", 2)[0]))
                .filter(program -> program.substring(program.lastIndexOf(File.separatorChar) + 1)
                        .startsWith(PROGRAM))
                .isPresent();
    }

    /** Whether a process works in the data directory; empty if the system doesn't tell. */
    private Optional<Boolean> worksHere(ProcessHandle process) {
        try {
            return Optional.of(Files.isSameFile(inProc(process, "cwd"), data));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean fits(PidFile file, ProcessHandle.Info process) {
        Instant noted = Instant.ofEpochSecond(file.startSecond());
        boolean isStart = process.startInstant()
                .filter(start -> !start.isBefore(noted.minus(LATEST_NOTE)) && !start.isAfter(noted.plus(EARLIEST_NOTE)))
                .isPresent();
        boolean isStartedHere = process.arguments()
                .map(arguments -> Arrays.asList(arguments).contains(file.directory()))
                .orElse(true);
        return isStart && isStartedHere;
    }

    /** The state follows the name of the program in parentheses. */
    private static boolean isZombie(ProcessHandle process) {
        try {
            String status = Files.readString(inProc(process, "stat"), StandardCharsets.ISO_8859_1);
            return status.startsWith(") Z", status.lastIndexOf(')'));
        } catch (IOException e) {
            return false;
        }
    }

    private static Path inProc(ProcessHandle process, String name) {
        return Path.of("/proc", String.valueOf(process.pid()), name);
    }
}
