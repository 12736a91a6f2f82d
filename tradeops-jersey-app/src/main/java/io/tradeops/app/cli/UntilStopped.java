package io.tradeops.app.cli;

import io.tradeops.app.Closer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import picocli.CommandLine;

/**
 * What a command runs until the process is asked to end, which is no failure: exit code 0. A process that is asked so while
 * it starts stops what was started, too. Thread-safe.
 */
final class UntilStopped implements AutoCloseable {

    private final Closer parts = Closer.closingAtExit();
    private volatile boolean running;

    private UntilStopped() {}

    static UntilStopped open() {
        UntilStopped opened = new UntilStopped();
        opened.parts.add(opened::endWell);
        return opened;
    }

    /** Takes what is started, to be closed. */
    Closer parts() {
        return parts;
    }

    /** As {@link #await(String, Future)}, of what doesn't fail once it is running. */
    int await(String what) throws InterruptedException {
        try {
            return await(what, new CompletableFuture<>());
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes it", e);
        }
    }

    /**
     * Says what is running now, and waits until it ends; a process that is asked to end does so meanwhile.
     *
     * @return its exit code
     * @throws ExecutionException with what it failed with
     */
    int await(String what, Future<Integer> end) throws ExecutionException, InterruptedException {
        running = true;
        parts.add(() -> System.err.println("stopping …"));
        System.err.println(what + "; Ctrl-C stops");
        return end.get();
    }

    @Override
    public void close() {
        running = false; // the command ends by itself, with an exit code of its own
        parts.close();
    }

    private void endWell() {
        if (running) {
            System.err.println("stopped");
            Runtime.getRuntime().halt(CommandLine.ExitCode.OK);
        }
    }
}
