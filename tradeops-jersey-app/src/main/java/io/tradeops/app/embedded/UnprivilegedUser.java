package io.tradeops.app.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The user that PostgreSQL runs as, because PostgreSQL refuses to run as root. It is the current user. For root it is
 * {@code nobody}, or root in a new user namespace. Immutable.
 */
final class UnprivilegedUser {

    /** Fails for root, for a program that is not executable, and for a directory that is not writable. */
    private static final String PROBE = "test \"$(id -u)\" != 0 && test -x \"$0\" && test -w \"$1\"";

    private final List<String> prefix;

    private UnprivilegedUser(List<String> prefix) {
        this.prefix = prefix;
    }

    /**
     * Finds a user that can run {@code program} and write to {@code directory}, and makes it the directory's owner.
     *
     * @throws IOException if there is none; the message says what to set
     */
    static UnprivilegedUser forDirectory(Path program, Path directory) throws IOException {
        if (!isRoot()) {
            return new UnprivilegedUser(List.of());
        }
        int uid = number(List.of("id", "-u", "nobody"));
        int gid = number(List.of("id", "-g", "nobody"));
        if (uid > 0 && gid > 0) {
            changeOwner(directory, uid, gid);
            for (List<String> prefix : List.of(
                    List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--inh-caps=-all"),
                    List.of("chroot", "--userspec=" + uid + ":" + gid, "/"))) {
                if (succeeds(prefix, program, directory)) {
                    return new UnprivilegedUser(prefix);
                }
            }
        }
        changeOwner(directory, 0, 0);
        List<String> namespace = List.of("unshare", "--user");
        if (succeeds(namespace, program, directory)) {
            return new UnprivilegedUser(namespace);
        }
        throw new IOException("PostgreSQL refuses to run as root, and the user nobody can't reach " + directory
                + ": run as another user, or set TRADEOPS_DATA_DIR to a directory that all users can reach,"
                + " such as /var/lib/tradeops, or TRADEOPS_DATABASE_URL to your own database");
    }

    /** The command line that runs {@code command} as this user. */
    List<String> command(List<String> command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }

    private static boolean isRoot() throws IOException {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        return !windows && number(List.of("id", "-u")) == 0;
    }

    private static boolean succeeds(List<String> prefix, Path program, Path directory) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("sh", "-c", PROBE, program.toString(), directory.toString()));
        try {
            return exitCode(new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start())
                    == 0;
        } catch (IOException e) {
            return false; // the system doesn't have this program
        }
    }

    private static int number(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        return exitCode(process) == 0 ? Integer.parseInt(output) : -1;
    }

    private static int exitCode(Process process) throws IOException {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void changeOwner(Path directory, int uid, int gid) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.toList()) {
                if (!Integer.valueOf(uid).equals(Files.getAttribute(path, "unix:uid"))) {
                    Files.setAttribute(path, "unix:uid", uid);
                    Files.setAttribute(path, "unix:gid", gid);
                }
            }
        }
    }
}
