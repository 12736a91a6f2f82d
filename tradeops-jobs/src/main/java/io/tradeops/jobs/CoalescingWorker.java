package io.tradeops.jobs;

import io.tradeops.jobs.thread.WatchedLoop;
import java.time.Duration;

/** Runs one kind of work in a thread of its own. Requests during a run cause one more run. Thread-safe. */
final class CoalescingWorker implements AutoCloseable {

    private static final long LONGEST_WAIT_MILLIS = 1_000;
    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private final Runnable work;
    private final WatchedLoop loop;
    private boolean requested;
    private boolean closed;

    /**
     * Creates a worker.
     *
     * @param work runs again if it throws
     * @param limit how long the work may take
     */
    CoalescingWorker(String name, Duration limit, Runnable work) {
        this.work = work;
        this.loop = WatchedLoop.of(name, limit, this::round).start();
    }

    /** Requests a run that starts after this call, without waiting for it. No run starts after {@link #close}. */
    synchronized void request() {
        requested = true;
        notifyAll();
    }

    /** The worker's thread. */
    WatchedLoop loop() {
        return loop;
    }

    private void round() throws InterruptedException {
        if (!awaitRequest()) {
            return;
        }
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            request();
            throw e;
        }
    }

    @SuppressWarnings("WaitNotInLoop") // a round without work is harmless, and the next one waits again
    private synchronized boolean awaitRequest() throws InterruptedException {
        if (!requested) {
            wait(LONGEST_WAIT_MILLIS);
        }
        boolean isDue = requested && !closed;
        requested = false;
        return isDue;
    }

    /** Interrupts the work and waits a few seconds for its end. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        loop.stop(STOP_WAIT);
    }
}
