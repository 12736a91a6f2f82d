package io.tradeops.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what was started, in reverse order, whatever fails on the way. Thread-safe: it may be closed by one thread while
 * another is still starting things.
 */
public final class Closer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Closer.class);
    private static final long START_WAIT_MILLIS = 15_000;

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private boolean closed;
    private int starting;

    /** A closer of nothing yet. */
    public Closer() {}

    /** A closer of nothing yet that closes when the process is asked to end, also in the middle of starting. */
    public static Closer closingAtExit() {
        Closer closer = new Closer();
        Runtime.getRuntime().addShutdownHook(new Thread(closer::closeAtExit, "stop"));
        return closer;
    }

    /** Starts something that takes a while. */
    @FunctionalInterface
    public interface Start<T extends AutoCloseable, E extends Exception> {

        /** Starts it. */
        T start() throws E;
    }

    /** Takes something to close.
     *
     * @throws IllegalStateException if it is closing already; then the part is closed at once */
    public <T extends AutoCloseable> T add(T part) {
        synchronized (this) {
            if (!closed) {
                started.push(part);
                return part;
            }
        }
        close(part);
        throw new IllegalStateException("stopped while starting");
    }

    /** Starts something and takes it; a process that is asked to end meanwhile waits for it and closes it.
     *
     * @throws IllegalStateException if it is closing already; then nothing is left running */
    public <T extends AutoCloseable, E extends Exception> T start(Start<T, E> start) throws E {
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("stopped while starting");
            }
            starting++;
        }
        try {
            return add(start.start());
        } finally {
            synchronized (this) {
                starting--;
                notifyAll();
            }
        }
    }

    @Override
    public void close() {
        for (AutoCloseable part = next(); part != null; part = next()) {
            close(part);
        }
    }

    private synchronized @Nullable AutoCloseable next() {
        closed = true;
        return started.poll();
    }

    private void closeAtExit() {
        close();
        awaitStarting();
    }

    private synchronized void awaitStarting() {
        long deadline = System.nanoTime() + START_WAIT_MILLIS * 1_000_000;
        try {
            for (long left = START_WAIT_MILLIS;
                    starting > 0 && left > 0;
                    left = (deadline - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            log.warn("{} did not close", part.getClass().getSimpleName(), e);
        }
    }
}
