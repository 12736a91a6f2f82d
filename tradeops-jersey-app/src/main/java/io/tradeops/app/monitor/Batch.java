package io.tradeops.app.monitor;

import io.tradeops.app.alert.Alert;
import io.tradeops.app.feed.wire.FeedMessage.Tick;
import java.util.List;

/**
 * What is stored together: all of it or nothing.
 *
 * @param ticks at least one, in the order in which they came
 * @param alerts those that the ticks gave
 * @param slowestNanos the newest time of the ticker that is furthest behind, in nanoseconds since 1970
 * @param checkpoint what makes the next start quick
 */
record Batch(List<Tick> ticks, List<Alert> alerts, long slowestNanos, Checkpoints.Checkpoint checkpoint) {

    /** This batch if its memory could not be kept with it. */
    Batch withoutMemory() {
        return new Batch(ticks, alerts, slowestNanos, checkpoint.withoutMemory());
    }

    long lastSeq() {
        return ticks.get(ticks.size() - 1).seq();
    }
}
