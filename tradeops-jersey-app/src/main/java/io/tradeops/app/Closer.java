package io.tradeops.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes parts in the reverse order of their start, also if closing one of them fails. Thread-safe: one thread may
 * close it while another is still starting parts.
 */
public final class Closer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Closer.class);
    private static final long START_WAIT_MILLIS = 15_000;

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final PendingStarts pendingStarts;
    private @Nullable Closer first;
    private boolean closed;

    /** Creates a closer without parts. */
    public Closer() {
        this(new PendingStarts());
    }

    private Closer(PendingStarts pendingStarts) {
        this.pendingStarts = pendingStarts;
    }

    /** Creates a closer that closes when the process is stopped by a signal, also while parts are starting. */
    public static Closer closingAtExit() {
        Closer closer = new Closer();
        Runtime.getRuntime().addShutdownHook(new Thread(closer::closeAtExit, "stop"));
        return closer;
    }

    /** Starts a part that takes time to start. */
    @FunctionalInterface
    public interface Start<T extends AutoCloseable, E extends Exception> {

        /** Starts the part. */
        T start() throws E;
    }

    /** Adds and returns a closer, for a program whose parts close together. */
    Closer inner() {
        return add(new Closer(pendingStarts));
    }

    /** The closer of the parts that close before all other parts, in whatever order they are added. */
    synchronized Closer first() {
        if (first == null) {
            first = new Closer(pendingStarts);
            first.closed = closed;
        }
        return first;
    }

    /** Adds a part.
     *
     * @throws IllegalStateException if this closer is closing already; the part is then closed at once */
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

    /** Starts a part and adds it. A process that is stopped meanwhile waits for the part and closes it.
     *
     * @throws IllegalStateException if this closer is closing already; nothing is then left running */
    public <T extends AutoCloseable, E extends Exception> T start(Start<T, E> start) throws E {
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("stopped while starting");
            }
            pendingStarts.begin();
        }
        try {
            return add(start.start());
        } finally {
            pendingStarts.end();
        }
    }

    @Override
    public void close() {
        Closer before = markClosed();
        if (before != null) {
            before.close();
        }
        for (AutoCloseable part = next(); part != null; part = next()) {
            close(part);
        }
    }

    private synchronized @Nullable Closer markClosed() {
        closed = true;
        return first;
    }

    private synchronized @Nullable AutoCloseable next() {
        return started.poll();
    }

    private void closeAtExit() {
        close();
        pendingStarts.await();
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            log.warn("closing {} failed", part.getClass().getSimpleName(), e);
        }
    }

    /** Counts the parts that are starting, of a closer and of those inside it. Thread-safe. */
    private static final class PendingStarts {

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
