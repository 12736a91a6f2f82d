package io.tradeops.app.cli;

import io.tradeops.app.Closer;
import io.tradeops.jobs.thread.ThreadFailures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import picocli.CommandLine;

/**
 * Runs parts until the process is stopped by a signal, which gives exit code 0. Also closes the parts if the signal
 * comes while they are starting. Thread-safe.
 */
final class UntilStopped implements AutoCloseable {

    private final Closer parts = Closer.closingAtExit();
    private volatile boolean running;

    private UntilStopped() {}

    static UntilStopped open() {
        ThreadFailures.watchAllThreads();
        UntilStopped opened = new UntilStopped();
        opened.parts.add(opened::exitIfRunning);
        return opened;
    }

    /** Closes the parts that are added to it. */
    Closer parts() {
        return parts;
    }

    /** Waits as {@link #await(String, Future)} does, for parts that never end on their own. */
    int await(String message) throws InterruptedException {
        try {
            return await(message, new CompletableFuture<>());
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes the future", e);
        }
    }

    /**
     * Prints a message and waits until the future completes. If the process is stopped first, it exits meanwhile.
     *
     * @param message what is running
     * @param end gives the exit code
     * @return the exit code
     * @throws ExecutionException if the future completes with an exception
     */
    int await(String message, Future<Integer> end) throws ExecutionException, InterruptedException {
        running = true;
        parts.add(() -> StandardError.println("stopping …"));
        StandardError.println(message + "; Ctrl-C stops");
        return end.get();
    }

    @Override
    public void close() {
        running = false; // the command has ended and sets the exit code
        parts.close();
    }

    private void exitIfRunning() {
        if (running) {
            StandardError.println("stopped");
            Runtime.getRuntime().halt(CommandLine.ExitCode.OK);
        }
    }
}
