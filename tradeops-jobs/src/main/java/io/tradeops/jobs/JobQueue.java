package io.tradeops.jobs;

import io.tradeops.jobs.alert.DeliverAlert;
import io.tradeops.jobs.alert.QueueAlertDeliveries;
import io.tradeops.jobs.average.FinalizeAverages;
import io.tradeops.jobs.daily.AnalyzeDay;
import io.tradeops.jobs.daily.ExportDay;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.UUID;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.storage.StorageException;
import org.jobrunr.storage.StorageProvider;

/** Queues jobs. The next free job server runs them. Thread-safe. */
public final class JobQueue {

    private final JobRequestScheduler scheduler;

    JobQueue(StorageProvider storage) {
        this.scheduler = new JobRequestScheduler(storage);
    }

    /** Queues the export of a day, and then its analysis.
     *
     * @return the job's id
     * @throws JobQueueUnavailableException if the database is not available */
    public UUID export(LocalDate date) {
        return enqueue(new ExportDay.Request(date.toString()));
    }

    /** Queues the analysis of a day.
     *
     * @return the job's id
     * @throws JobQueueUnavailableException if the database is not available */
    public UUID analyze(LocalDate date) {
        return enqueue(new AnalyzeDay.Request(date.toString()));
    }

    /** Queues the job that averages the ended windows.
     *
     * @return the job's id
     * @throws JobQueueUnavailableException if the database is not available */
    public UUID finalizeAverages() {
        return enqueue(new FinalizeAverages.Request());
    }

    /** Queues the delivery of an alert. Repeated calls for one alert queue one job.
     *
     * @throws JobQueueUnavailableException if the database is not available */
    void deliver(UUID alert) {
        String name = "delivery of alert " + alert;
        UUID jobId = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        try {
            scheduler.enqueue(jobId, new DeliverAlert.Request(alert.toString()));
        } catch (StorageException e) {
            throw unavailable(e);
        }
    }

    /** Queues the job that queues a delivery for every alert without one.
     *
     * @return the job's id
     * @throws JobQueueUnavailableException if the database is not available */
    public UUID queueAlertDeliveries() {
        return enqueue(new QueueAlertDeliveries.Request());
    }

    private UUID enqueue(JobRequest request) {
        try {
            return scheduler.enqueue(request).asUUID();
        } catch (StorageException e) {
            throw unavailable(e);
        }
    }

    private static JobQueueUnavailableException unavailable(StorageException cause) {
        return new JobQueueUnavailableException("the job queue is not available", cause);
    }

    JobRequestScheduler scheduler() {
        return scheduler;
    }
}
