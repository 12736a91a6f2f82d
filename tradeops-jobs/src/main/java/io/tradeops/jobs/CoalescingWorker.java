package io.tradeops.jobs;

import io.tradeops.jobs.thread.ThreadStop;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs one kind of work in a thread of its own. Requests during a run cause one more run. Thread-safe. */
final class CoalescingWorker implements AutoCloseable {

    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private final String name;
    private final Runnable work;
    private final AtomicBoolean requested = new AtomicBoolean();
    private final ExecutorService thread;

    /** Creates a worker whose work handles its own failures. */
    CoalescingWorker(String name, Runnable work) {
        this.name = name;
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
        ThreadStop.stop(thread, name, STOP_WAIT);
    }
}
