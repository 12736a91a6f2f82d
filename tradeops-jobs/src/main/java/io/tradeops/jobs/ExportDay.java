package io.tradeops.jobs;

import java.io.IOException;
import java.time.LocalDate;
import org.jobrunr.jobs.annotations.Job;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** Exports a day's trades, then queues the day's analysis. Thread-safe. */
public final class ExportDay implements JobRequestHandler<ExportDay.Request> {

    private final DayExport export;
    private final JobQueue queue;

    ExportDay(DayExport export, JobQueue queue) {
        this.export = export;
        this.queue = queue;
    }

    /** Asks for it.
     *
     * @param date the day, UTC, as {@code YYYY-MM-DD} */
    public record Request(String date) implements JobRequest {

        @Override
        public Class<ExportDay> getJobRequestHandler() {
            return ExportDay.class;
        }
    }

    @Override
    @Job(name = "Export %0", retries = 3)
    public void run(Request request) throws IOException {
        LocalDate date = LocalDate.parse(request.date());
        export.export(date);
        queue.analyze(date);
    }
}
