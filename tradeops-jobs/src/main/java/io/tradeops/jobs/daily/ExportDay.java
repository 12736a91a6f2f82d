package io.tradeops.jobs.daily;

import java.io.IOException;
import java.time.LocalDate;
import java.util.function.Consumer;
import org.jobrunr.jobs.annotations.Job;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** Exports a day's trades, then queues the day's analysis. Thread-safe. */
public final class ExportDay implements JobRequestHandler<ExportDay.Request> {

    private final TradesExporter export;
    private final Consumer<LocalDate> queueAnalysis;

    /** The job; {@code queueAnalysis} queues the analysis of a day. */
    public ExportDay(TradesExporter export, Consumer<LocalDate> queueAnalysis) {
        this.export = export;
        this.queueAnalysis = queueAnalysis;
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
        queueAnalysis.accept(date);
    }
}
