package io.tradeops.jobs.daily;

import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.jobrunr.jobs.annotations.Job;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** Queues the export of every complete day whose file is missing or lacks late trades. Thread-safe. */
public final class ExportMissingDays implements JobRequestHandler<ExportMissingDays.Request> {

    private final TradeHistory trades;
    private final TradesExporter exporter;
    private final Consumer<LocalDate> queueExport;
    private final InstantSource clock;

    /** Creates the job; {@code queueExport} queues the export of a day. */
    public ExportMissingDays(
            TradeHistory trades, TradesExporter exporter, Consumer<LocalDate> queueExport, InstantSource clock) {
        this.trades = trades;
        this.exporter = exporter;
        this.queueExport = queueExport;
        this.clock = clock;
    }

    /** A request to export the missing days. */
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
            if (exporter.isNeeded(day)) {
                queueExport.accept(day);
            }
        }
    }
}
