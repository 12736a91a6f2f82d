package io.tradeops.jobs.tick;

import java.time.Duration;
import java.time.InstantSource;
import org.jobrunr.jobs.annotations.Job;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** Drops stored ticks older than the retention. Thread-safe. */
public final class DropOldTicks implements JobRequestHandler<DropOldTicks.Request> {

    private final TickHistory ticks;
    private final Duration retention;
    private final InstantSource clock;

    /** Creates the job; {@code retention} is how long ticks are stored. */
    public DropOldTicks(TickHistory ticks, Duration retention, InstantSource clock) {
        this.ticks = ticks;
        this.retention = retention;
        this.clock = clock;
    }

    /** A request to drop old ticks. */
    public record Request() implements JobRequest {

        @Override
        public Class<DropOldTicks> getJobRequestHandler() {
            return DropOldTicks.class;
        }
    }

    @Override
    @Job(name = "Drop old ticks", retries = 0)
    public void run(Request request) {
        ticks.dropBefore(clock.instant().minus(retention));
    }
}
