package io.tradeops.app.monitor;

import java.util.concurrent.atomic.LongAdder;

/** The numbers of received and of processed ticks of one connection. Thread-safe. */
final class ConnectionTicks {

    private final LongAdder received = new LongAdder();
    private final LongAdder processed = new LongAdder();

    void received() {
        received.increment();
    }

    /** Some received ticks were stored, or skipped because they were stored before. */
    void processed(int count) {
        processed.add(count);
    }

    /** Whether some received ticks are not processed yet. */
    boolean hasPending() {
        return received.sum() > processed.sum();
    }
}
