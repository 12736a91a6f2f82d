package io.tradeops.app.cli;

import io.tradeops.app.JobWorker;
import io.tradeops.app.config.ServerConfig;
import java.io.IOException;
import java.util.concurrent.Callable;
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

    WorkerCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServerConfig config = ServerConfig.of(TradeOpsCommand.settings());
        try (UntilStopped running = UntilStopped.open()) {
            JobWorker.start(config, running.parts());
            return running.await("running jobs");
        }
    }
}
