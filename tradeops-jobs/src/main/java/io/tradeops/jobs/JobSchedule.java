package io.tradeops.jobs;

import io.tradeops.jobs.alert.DeliverAlerts;
import io.tradeops.jobs.average.FinalizeAverages;
import io.tradeops.jobs.daily.ExportMissingDays;
import io.tradeops.jobs.tick.DropOldTicks;
import java.time.ZoneOffset;
import org.jobrunr.scheduling.JobRequestScheduler;

/** The recurring jobs: the one place with their ids and times (UTC; seconds come first). */
final class JobSchedule {

    private JobSchedule() {}

    static void apply(JobRequestScheduler scheduler) {
        // five seconds past the end of each window, which waits two for ticks out of order
        scheduler.scheduleRecurrently("averages", "5 */5 * * * *", ZoneOffset.UTC, new FinalizeAverages.Request());
        scheduler.scheduleRecurrently("alerts", "0 * * * * *", ZoneOffset.UTC, new DeliverAlerts.Request());
        scheduler.scheduleRecurrently("daily-export", "0 5 0 * * *", ZoneOffset.UTC, new ExportMissingDays.Request());
        scheduler.scheduleRecurrently("tick-retention", "0 30 0 * * *", ZoneOffset.UTC, new DropOldTicks.Request());
    }
}
