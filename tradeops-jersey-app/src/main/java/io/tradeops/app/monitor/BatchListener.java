package io.tradeops.app.monitor;

import io.tradeops.app.alert.Alert;
import io.tradeops.core.trade.Tick;
import java.util.List;

/** Is told what a monitor has stored, by the monitor's own thread, which waits for it. */
@FunctionalInterface
public interface BatchListener {

    /**
     * A batch is stored.
     *
     * @param ticks its ticks in the order of the feed, with the numbers under which they are stored; at least one
     * @param alerts the alerts that they gave, often none
     */
    void onStored(List<Tick> ticks, List<Alert> alerts);
}
