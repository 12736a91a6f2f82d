package io.tradeops.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what was started, in reverse order, whatever fails on the way. Thread-safe: one thread may close it while another
 * is still starting parts.
 */
public final class Closer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Closer.class);
    private static final long START_WAIT_MILLIS = 15_000;

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Starts starts;
    private @Nullable Closer first;
    private boolean closed;

    /** A closer without parts. */
    public Closer() {
        this(new Starts());
    }

    private Closer(Starts starts) {
        this.starts = starts;
    }

    /** A closer without parts that closes when the process is asked to end, also while parts are starting. */
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

    /** A part that is a closer itself: for a program with parts of its own. */
    Closer inner() {
        return add(new Closer(starts));
    }

    /** The closer of the parts that close before all others of this one, whenever either are added. */
    synchronized Closer first() {
        if (first == null) {
            first = new Closer(starts);
            first.closed = closed;
        }
        return first;
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
            starts.begin();
        }
        try {
            return add(start.start());
        } finally {
            starts.end();
        }
    }

    @Override
    public void close() {
        Closer before = close(true);
        if (before != null) {
            before.close();
        }
        for (AutoCloseable part = next(); part != null; part = next()) {
            close(part);
        }
    }

    private synchronized @Nullable Closer close(boolean now) {
        closed = now;
        return first;
    }

    private synchronized @Nullable AutoCloseable next() {
        return started.poll();
    }

    private void closeAtExit() {
        close();
        starts.await();
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            log.warn("{} did not close", part.getClass().getSimpleName(), e);
        }
    }

    /** The parts that are starting now, of a closer and those inside it. Thread-safe. */
    private static final class Starts {

        private int count;

        synchronized void begin() {
            count++;
        }

        synchronized void end() {
            count--;
            notifyAll();
        }

        synchronized void await() {
            long deadline = System.nanoTime() + START_WAIT_MILLIS * 1_000_000;
            try {
                for (long left = START_WAIT_MILLIS;
                        count > 0 && left > 0;
                        left = (deadline - System.nanoTime()) / 1_000_000) {
                    wait(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
