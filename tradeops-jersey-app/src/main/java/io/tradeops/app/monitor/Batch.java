package io.tradeops.app.monitor;

import io.tradeops.app.alert.Alert;
import io.tradeops.core.trade.Tick;
import java.util.List;

/**
 * Ticks and their alerts, which are stored in one transaction. Immutable.
 *
 * @param ticks at least one, in the order of arrival
 * @param alerts the alerts of the ticks
 * @param slowestNanos the newest time of the ticker that is furthest behind, in nanoseconds since 1970
 * @param checkpoint what lets the next start resume from a snapshot
 */
record Batch(List<Tick> ticks, List<Alert> alerts, long slowestNanos, Checkpoints.Checkpoint checkpoint) {

    /** This batch without its snapshot. */
    Batch withoutSnapshot() {
        return new Batch(ticks, alerts, slowestNanos, checkpoint.withoutSnapshot());
    }

    long lastSeq() {
        return ticks.get(ticks.size() - 1).seq();
    }
}
