package io.tradeops.app.monitor;

import java.util.concurrent.atomic.LongAdder;

/** The counters of a monitor, from its start. Thread-safe. */
final class MonitorCounters {

    final LongAdder ticksReceived = new LongAdder();
    final LongAdder ticksStored = new LongAdder();
    final LongAdder alertsFound = new LongAdder();
    final LongAdder connections = new LongAdder();
    final LongAdder lostTicks = new LongAdder();
    final LongAdder badTicks = new LongAdder();
}
