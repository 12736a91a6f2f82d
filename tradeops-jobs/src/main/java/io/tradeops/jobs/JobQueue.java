package io.tradeops.jobs;

import java.time.LocalDate;
import java.util.UUID;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.storage.StorageProvider;

/** Queues jobs for whichever job server is free. Thread-safe. */
public final class JobQueue {

    private final JobRequestScheduler scheduler;

    JobQueue(StorageProvider storage) {
        this.scheduler = new JobRequestScheduler(storage);
    }

    /** Queues the export of a day, and then its analysis.
     *
     * @return the job's id */
    public UUID export(LocalDate date) {
        return scheduler.enqueue(new ExportDay.Request(date.toString())).asUUID();
    }

    /** Queues the analysis of a day.
     *
     * @return the job's id */
    public UUID analyze(LocalDate date) {
        return scheduler.enqueue(new AnalyzeDay.Request(date.toString())).asUUID();
    }

    /** Queues the averages.
     *
     * @return the job's id */
    public UUID finalizeAverages() {
        return scheduler.enqueue(new FinalizeAverages.Request()).asUUID();
    }

    JobRequestScheduler scheduler() {
        return scheduler;
    }
}
