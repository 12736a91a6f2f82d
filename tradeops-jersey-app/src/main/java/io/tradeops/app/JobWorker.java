package io.tradeops.app;

import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.average.AverageRepository;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.trade.TradeRepository;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** The composition root of a worker: jobs on a server's database and bucket, and nothing else. */
public final class JobWorker {

    private JobWorker() {}

    /**
     * Starts to run jobs.
     *
     * @param parts takes what is started, to be closed
     * @throws IOException if the database or the bucket can't be reached, naming it
     * @throws IllegalArgumentException if the configuration names no database or no bucket
     */
    public static void start(ServerConfig config, Closer parts) throws IOException {
        if (config.databaseUrl().isEmpty() || config.bucket().isEmpty()) {
            throw new IllegalArgumentException("a worker shares the jobs of a server by their database and bucket:"
                    + " set TRADEOPS_DATABASE_URL and TRADEOPS_BUCKET as for the server");
        }
        List<Class<?>> entities = Stream.of(
                        TradeRepository.entities(), AverageRepository.entities(), AlertRepository.entities())
                .flatMap(List::stream)
                .toList();
        Backends.open(config, entities, parts).startJobs(InstantSource.system());
    }
}
