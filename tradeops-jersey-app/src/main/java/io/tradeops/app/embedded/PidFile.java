package io.tradeops.app.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What PostgreSQL's {@code postmaster.pid} says. After a crash the file may be empty, cut or about another server, so
 * nothing in it is trusted before it is compared with the process. Immutable.
 *
 * @param pid the server's process
 * @param directory the data directory as the server names it; empty if the file has none
 * @param startSecond when the server started, in seconds since the epoch; 0 if the file doesn't say
 * @param port the port that it listens on; 0 if the file has none
 * @param isReady whether the server accepts connections and writes
 */
record PidFile(long pid, String directory, long startSecond, int port, boolean isReady) {

    private static final int MAX_BYTES = 8192;
    private static final int DIRECTORY = 1;
    private static final int START_SECOND = 2;
    private static final int PORT = 3;
    private static final int STATUS = 7;

    /** The least number that a server's process can have: 0 and negative numbers name groups, 1 is the first process. */
    private static final long LEAST_PID = 2;

    private static final int MAX_PORT = 65_535;
    private static final long MAX_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    /**
     * Reads a file.
     *
     * @return empty if there is no file, or no process number in it
     * @throws IOException if reading an existing file fails
     */
    static Optional<PidFile> read(Path file) throws IOException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_BYTES);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
        long pid = number(lines, 0, Integer.MAX_VALUE);
        return pid < LEAST_PID
                ? Optional.empty()
                : Optional.of(new PidFile(
                        pid,
                        line(lines, DIRECTORY),
                        number(lines, START_SECOND, MAX_SECOND),
                        (int) number(lines, PORT, MAX_PORT),
                        line(lines, STATUS).equals("ready")));
    }

    /** Whether the file names a data directory, by whatever path. */
    boolean names(Path data) {
        try {
            return !directory.isEmpty() && Files.isSameFile(Path.of(directory), data);
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private static String line(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index).strip() : "";
    }

    /** The number in a line; 0 if there is none, or it is not in the range from 0 to {@code most}. */
    private static long number(List<String> lines, int index, long most) {
        try {
            long number = Long.parseLong(line(lines, index));
            return number >= 0 && number <= most ? number : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
