package io.tradeops.app.monitor;

import java.util.concurrent.atomic.LongAdder;

/** How many ticks of one connection have come, and how many of them are dealt with. Thread-safe. */
final class ConnectionTicks {

    private final LongAdder received = new LongAdder();
    private final LongAdder settled = new LongAdder();

    void received() {
        received.increment();
    }

    /** So many are stored, or need not be. */
    void settled(int count) {
        settled.add(count);
    }

    /** Whether there are some that are neither. */
    boolean areWaiting() {
        return received.sum() > settled.sum();
    }
}
