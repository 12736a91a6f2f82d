package io.tradeops.jobs;

import io.tradeops.jobs.alert.QueueAlertDeliveries;
import io.tradeops.jobs.average.FinalizeAverages;
import io.tradeops.jobs.daily.ExportMissingDays;
import io.tradeops.jobs.tick.DropOldTicks;
import java.time.ZoneOffset;
import org.jobrunr.scheduling.JobRequestScheduler;

/** The ids and cron expressions of all recurring jobs. Times are UTC; the first field is the second. */
final class JobSchedule {

    private JobSchedule() {}

    static void apply(JobRequestScheduler scheduler) {
        // 5 s after the end of each window, whose allowed lateness is 2 s
        scheduler.scheduleRecurrently("averages", "5 */5 * * * *", ZoneOffset.UTC, new FinalizeAverages.Request());
        scheduler.scheduleRecurrently("alerts", "0 * * * * *", ZoneOffset.UTC, new QueueAlertDeliveries.Request());
        scheduler.scheduleRecurrently("daily-export", "0 5 0 * * *", ZoneOffset.UTC, new ExportMissingDays.Request());
        scheduler.scheduleRecurrently("tick-retention", "0 30 0 * * *", ZoneOffset.UTC, new DropOldTicks.Request());
    }
}
