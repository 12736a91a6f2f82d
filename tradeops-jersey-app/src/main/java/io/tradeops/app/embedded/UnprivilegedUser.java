package io.tradeops.app.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The user that PostgreSQL runs as, because PostgreSQL refuses to run as root. It is the current user. For root it is
 * {@code nobody}, or root in a new user namespace. Immutable.
 */
final class UnprivilegedUser {

    /** Fails for root, for a program that is not executable, and for a directory that is not writable. */
    private static final String PROBE = "test \"$(id -u)\" != 0 && test -x \"$0\" && test -w \"$1\"";

    private static final Set<String> VARIABLES = Set.of(
            "PATH",
            "LD_LIBRARY_PATH",
            "DYLD_LIBRARY_PATH",
            "TMPDIR",
            "TMP",
            "TEMP",
            "SYSTEMROOT",
            "SYSTEMDRIVE",
            "COMSPEC",
            "PATHEXT",
            "WINDIR");

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

    /**
     * A process that runs {@code command} as this user. It gets only those variables of the environment that a program
     * needs to run: the others may hold secrets, and the user's other processes can read them.
     */
    ProcessBuilder process(List<String> command) {
        return process(prefix, command);
    }

    private static ProcessBuilder process(List<String> prefix, List<String> command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all);
        builder.environment().keySet().removeIf(name -> !VARIABLES.contains(name.toUpperCase(Locale.ROOT)));
        return builder;
    }

    private static boolean isRoot() throws IOException {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        return !windows && number(List.of("id", "-u")) == 0;
    }

    private static boolean succeeds(List<String> prefix, Path program, Path directory) throws IOException {
        List<String> command = List.of("sh", "-c", PROBE, program.toString(), directory.toString());
        try {
            return exitCode(process(prefix, command)
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
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
                return visitFile(visited, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try {
                    if (!Integer.valueOf(uid).equals(Files.getAttribute(file, "unix:uid"))) {
                        Files.setAttribute(file, "unix:uid", uid);
                        Files.setAttribute(file, "unix:gid", gid);
                    }
                    return FileVisitResult.CONTINUE;
                } catch (NoSuchFileException e) {
                    return visitFileFailed(file, e);
                }
            }

            /** A server that a killed process left running deletes files meanwhile. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }
}
