package io.tradeops.app.cli;

import io.tradeops.app.Backends;
import io.tradeops.app.Closer;
import io.tradeops.app.ServerConfig;
import io.tradeops.app.alert.AlertDeliveries;
import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.average.AverageRepository;
import io.tradeops.app.monitor.TickRepository;
import io.tradeops.app.trade.TradeRepository;
import io.tradeops.jobs.JobPorts;
import io.tradeops.jobs.JobServer;
import io.tradeops.jobs.JobServerSettings;
import io.tradeops.lambda.DailyAnalysis;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs jobs, and nothing else. */
@Command(
        name = "worker",
        description = {
            "Runs jobs only, until it is stopped; any number of workers share the work of a database.",
            "Needs TRADEOPS_DATABASE_URL and TRADEOPS_BUCKET: the embedded services are their server's own."
        },
        mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {

    private volatile boolean running;

    WorkerCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServerConfig config = ServerConfig.of(TradeOpsCommand.settings());
        if (config.databaseUrl().isEmpty() || config.bucket().isEmpty()) {
            throw new IllegalArgumentException("a worker shares the jobs of a server by their database and bucket:"
                    + " set TRADEOPS_DATABASE_URL and TRADEOPS_BUCKET as for the server");
        }
        Closer parts = Closer.closingAtExit();
        parts.add(this::endWell);
        try (parts) {
            start(config, parts);
            running = true;
            System.err.println("running jobs; Ctrl-C stops");
            new CountDownLatch(1).await();
            return 0;
        }
    }

    /** To be stopped is how this command ends, so a signal that stops it is no failure. */
    private void endWell() {
        if (running) {
            Runtime.getRuntime().halt(CommandLine.ExitCode.OK);
        }
    }

    private static void start(ServerConfig config, Closer parts) throws IOException {
        List<Class<?>> entities = Stream.of(
                        TradeRepository.entities(), AverageRepository.entities(), AlertRepository.entities())
                .flatMap(List::stream)
                .toList();
        Backends backends = Backends.open(config, entities, parts);
        parts.add(JobServer.start(
                backends.database().dataSource(),
                JobServerSettings.defaults().withKeyPrefix(config.keyPrefix()),
                new JobPorts(
                        new TickRepository(backends.database()),
                        new AverageRepository(backends.database()),
                        new TradeRepository(backends.database()),
                        new AlertDeliveries(backends.database()),
                        backends.webhook(InstantSource.system())),
                backends.bucket(),
                new DailyAnalysis(backends.bucket(), config.maxRejectRatio()),
                InstantSource.system()));
    }
}
