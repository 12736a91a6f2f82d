package io.tradeops.jobs;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one kind of work in a thread of its own. Requests that come while it is at work are one more run. Thread-safe. */
final class CoalescingWorker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CoalescingWorker.class);

    private static final long STOP_WAIT_SECONDS = 5;

    private final Runnable work;
    private final AtomicBoolean requested = new AtomicBoolean();
    private final ExecutorService thread;

    /** The work has to deal with its own failures. */
    CoalescingWorker(String name, Runnable work) {
        this.work = work;
        this.thread = Executors.newSingleThreadExecutor(task -> new Thread(task, name));
    }

    /** Has it done by a run that begins after this; doesn't wait for it. None begins once this is closed. */
    void request() {
        if (!requested.getAndSet(true) && !thread.isShutdown()) {
            thread.execute(this::run);
        }
    }

    private void run() {
        requested.set(false);
        work.run();
    }

    /** Interrupts the work and waits a while for its end. */
    @Override
    public void close() {
        requested.set(true);
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(STOP_WAIT_SECONDS, TimeUnit.SECONDS)) {
                log.warn("work in the background did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
