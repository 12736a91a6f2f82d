package io.tradeops.app.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts the program's jar in a process, as users do, and finds what it started. Static functions; thread-safe. */
public final class Program {

    private static final long LIMIT_SECONDS = 120;

    private Program() {}

    /** The exit code of a run, its standard output and its standard error. */
    public record Outcome(int exitCode, String output, String errors) {}

    /** Runs a command to its end. Fails if it takes more than two minutes. */
    public static Outcome run(Path directory, Map<String, String> environment, String... arguments) throws Exception {
        Process process = start(directory, environment, arguments);
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
        CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + LIMIT_SECONDS + " s: " + String.join(" ", arguments));
        }
        return new Outcome(process.exitValue(), output.get(), errors.get());
    }

    /** Starts a command. */
    public static Process start(Path directory, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TRADEOPS_") || name.startsWith("AWS_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** A port of the loopback address that is free at this moment. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The processes of the embedded PostgreSQL that runs in a data directory, the main one first. */
    public static List<ProcessHandle> postgres(Path dataDirectory) throws IOException {
        Path file = dataDirectory.resolve("postgres/data/postmaster.pid");
        ProcessHandle postmaster = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(file).get(0).strip()))
                .orElseThrow();
        return Stream.concat(Stream.of(postmaster), postmaster.children()).toList();
    }

    private static String jar() {
        return Path.of(System.getProperty("tradeops.jar", "target/tradeops.jar"))
                .toAbsolutePath()
                .toString();
    }

    private static String read(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
