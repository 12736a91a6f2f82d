package io.tradeops.jobs;

import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jobrunr.jobs.annotations.Job;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** Queues the export of every complete day whose file is missing or lacks trades that came late. Thread-safe. */
public final class ExportMissingDays implements JobRequestHandler<ExportMissingDays.Request> {

    private final TradeHistory trades;
    private final DayExport export;
    private final JobQueue queue;
    private final InstantSource clock;

    ExportMissingDays(TradeHistory trades, DayExport export, JobQueue queue, InstantSource clock) {
        this.trades = trades;
        this.export = export;
        this.queue = queue;
        this.clock = clock;
    }

    /** Asks for it. */
    public record Request() implements JobRequest {

        @Override
        public Class<ExportMissingDays> getJobRequestHandler() {
            return ExportMissingDays.class;
        }
    }

    @Override
    @Job(name = "Export missing days", retries = 0)
    public void run(Request request) throws IOException {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (LocalDate day : trades.daysBefore(today)) {
            if (export.isNeeded(day)) {
                queue.export(day);
            }
        }
    }
}
