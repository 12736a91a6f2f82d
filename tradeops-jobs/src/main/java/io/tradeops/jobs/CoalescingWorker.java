package io.tradeops.jobs;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one kind of work in a thread of its own. Requests during a run cause one more run. Thread-safe. */
final class CoalescingWorker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CoalescingWorker.class);

    private static final long STOP_WAIT_SECONDS = 5;

    private final Runnable work;
    private final AtomicBoolean requested = new AtomicBoolean();
    private final ExecutorService thread;

    /** Creates a worker whose work handles its own failures. */
    CoalescingWorker(String name, Runnable work) {
        this.work = work;
        this.thread = Executors.newSingleThreadExecutor(task -> new Thread(task, name));
    }

    /** Requests a run that starts after this call, without waiting for it. No run starts after {@link #close}. */
    void request() {
        if (!requested.getAndSet(true) && !thread.isShutdown()) {
            thread.execute(this::run);
        }
    }

    private void run() {
        requested.set(false);
        work.run();
    }

    /** Interrupts the work and waits a few seconds for its end. */
    @Override
    public void close() {
        requested.set(true);
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(STOP_WAIT_SECONDS, TimeUnit.SECONDS)) {
                log.warn("background work did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
