package io.tradeops.app.monitor;

import io.tradeops.app.alert.Alert;
import io.tradeops.core.trade.Tick;
import java.util.List;

/** Receives what a monitor has stored. The monitor's own thread calls it and waits for it. */
@FunctionalInterface
public interface BatchListener {

    /**
     * A batch has been stored.
     *
     * @param ticks its ticks in the order of the feed, with their stored sequence numbers; at least one
     * @param alerts the alerts of these ticks, often none
     */
    void onStored(List<Tick> ticks, List<Alert> alerts);
}
