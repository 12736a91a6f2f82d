package io.tradeops.jobs.average;

import io.tradeops.core.average.PriceAverager;
import io.tradeops.core.average.TimeWindow;
import io.tradeops.jobs.tick.OpenWindow;
import io.tradeops.jobs.tick.TickHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jobrunr.jobs.annotations.Job;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Averages every ended five-minute window whose ticks no average covers yet. Thread-safe. */
public final class FinalizeAverages implements JobRequestHandler<FinalizeAverages.Request> {

    private static final Logger log = LoggerFactory.getLogger(FinalizeAverages.class);

    /** The width of the windows. */
    public static final Duration WIDTH = Duration.ofMinutes(5);

    /** The allowed lateness: how long after its end a window waits for ticks that are out of order. */
    public static final Duration ALLOWED_LATENESS = Duration.ofSeconds(2);

    private static final int BATCH = 10_000;

    private final TickHistory ticks;
    private final AverageStore averages;
    private final InstantSource clock;

    /** Creates the job. The clock decides which windows have ended. */
    public FinalizeAverages(TickHistory ticks, AverageStore averages, InstantSource clock) {
        this.ticks = ticks;
        this.averages = averages;
        this.clock = clock;
    }

    /** A request to average the ended windows. */
    public record Request() implements JobRequest {

        @Override
        public Class<FinalizeAverages> getJobRequestHandler() {
            return FinalizeAverages.class;
        }
    }

    @Override
    @Job(name = "Finalise averages", retries = 0)
    public void run(Request request) {
        Instant endedBy = clock.instant().minus(ALLOWED_LATENESS);
        List<OpenWindow> batch;
        do {
            batch = ticks.openWindows(WIDTH, endedBy, BATCH);
            Map<TimeWindow, List<OpenWindow>> byWindow =
                    batch.stream().collect(Collectors.groupingBy(OpenWindow::window));
            byWindow.forEach(this::average);
        } while (batch.size() == BATCH);
    }

    private void average(TimeWindow window, List<OpenWindow> open) {
        Map<String, PriceAverager> averagers = new HashMap<>();
        ticks.forEachTick(
                window,
                open.stream().map(OpenWindow::ticker).toList(),
                tick -> averagers
                        .computeIfAbsent(tick.ticker(), key -> new PriceAverager(WIDTH))
                        .add(tick));
        averagers.forEach(
                (ticker, averager) -> averager.close(window.end()).forEach(average -> averages.save(ticker, average)));
        ticks.settle(open);
        log.info("averaged {} tickers of {}", averagers.size(), window.start());
    }
}
