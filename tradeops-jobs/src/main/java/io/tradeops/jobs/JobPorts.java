package io.tradeops.jobs;

import io.tradeops.jobs.alert.AlertOutbox;
import io.tradeops.jobs.alert.AlertReceiver;
import io.tradeops.jobs.average.AverageStore;
import io.tradeops.jobs.daily.TradeHistory;
import io.tradeops.jobs.tick.TickHistory;
import java.util.Optional;

/**
 * What the jobs need from a database and from a receiver of alerts. Immutable.
 *
 * @param ticks the stored ticks
 * @param averages the stored averages
 * @param trades the stored trades
 * @param alerts the outbox of the alerts to push
 * @param receiver the receiver of alerts; empty if none are pushed
 */
public record JobPorts(
        TickHistory ticks,
        AverageStore averages,
        TradeHistory trades,
        AlertOutbox alerts,
        Optional<AlertReceiver> receiver) {}
