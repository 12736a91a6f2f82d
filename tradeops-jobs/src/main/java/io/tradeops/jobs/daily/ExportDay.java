package io.tradeops.jobs.daily;

import java.io.IOException;
import java.time.LocalDate;
import java.util.function.Consumer;
import org.jobrunr.jobs.annotations.Job;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** Exports a day's trades, then queues the day's analysis. Thread-safe. */
public final class ExportDay implements JobRequestHandler<ExportDay.Request> {

    private final TradesExporter exporter;
    private final Consumer<LocalDate> queueAnalysis;

    /** Creates the job; {@code queueAnalysis} queues the analysis of a day. */
    public ExportDay(TradesExporter exporter, Consumer<LocalDate> queueAnalysis) {
        this.exporter = exporter;
        this.queueAnalysis = queueAnalysis;
    }

    /** A request to export a day.
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
        exporter.export(date);
        queueAnalysis.accept(date);
    }
}
