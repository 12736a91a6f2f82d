package io.tradeops.app;

import io.tradeops.app.config.ServerConfig;
import io.tradeops.jobs.JobServer;
import io.tradeops.jobs.thread.LoopWatch;
import java.io.IOException;
import java.time.InstantSource;

/** The composition root of a worker: jobs on a server's database and bucket, and nothing else. */
public final class JobWorker {

    private JobWorker() {}

    /**
     * Starts to run jobs.
     *
     * @param parts closes what is started
     * @throws IOException if connecting to the database or the bucket fails; the message names it
     * @throws IllegalArgumentException if the configuration has no database or no bucket
     */
    public static void start(ServerConfig config, Closer parts) throws IOException {
        if (config.database().isEmpty() || config.bucket().isEmpty()) {
            throw new IllegalArgumentException("a worker needs the database and the bucket of a server;"
                    + " set TRADEOPS_DATABASE_URL and TRADEOPS_BUCKET as for the server");
        }
        Closer own = parts.inner();
        JobServer jobs = Backends.open(config, Repositories.ENTITIES, own).startJobs(InstantSource.system());
        own.add(LoopWatch.start()).add(jobs::loops);
    }
}
