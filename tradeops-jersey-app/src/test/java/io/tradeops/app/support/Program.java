package io.tradeops.app.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Starts the program's jar in a process, as users do. Static functions; thread-safe. */
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
