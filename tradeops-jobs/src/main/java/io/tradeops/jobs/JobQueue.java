package io.tradeops.jobs;

import java.time.LocalDate;
import java.util.UUID;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.storage.StorageException;
import org.jobrunr.storage.StorageProvider;

/** Queues jobs for whichever job server is free. Thread-safe. */
public final class JobQueue {

    private final JobRequestScheduler scheduler;

    JobQueue(StorageProvider storage) {
        this.scheduler = new JobRequestScheduler(storage);
    }

    /** Queues the export of a day, and then its analysis.
     *
     * @return the job's id
     * @throws JobQueueUnavailableException if the database can't take it */
    public UUID export(LocalDate date) {
        return enqueue(new ExportDay.Request(date.toString()));
    }

    /** Queues the analysis of a day.
     *
     * @return the job's id
     * @throws JobQueueUnavailableException if the database can't take it */
    public UUID analyze(LocalDate date) {
        return enqueue(new AnalyzeDay.Request(date.toString()));
    }

    /** Queues the averages.
     *
     * @return the job's id
     * @throws JobQueueUnavailableException if the database can't take it */
    public UUID finalizeAverages() {
        return enqueue(new FinalizeAverages.Request());
    }

    private UUID enqueue(JobRequest request) {
        try {
            return scheduler.enqueue(request).asUUID();
        } catch (StorageException e) {
            throw new JobQueueUnavailableException("the job queue is not available", e);
        }
    }

    JobRequestScheduler scheduler() {
        return scheduler;
    }
}
