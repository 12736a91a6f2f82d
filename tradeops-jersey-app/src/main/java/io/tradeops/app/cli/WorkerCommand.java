package io.tradeops.app.cli;

import io.tradeops.app.JobWorker;
import io.tradeops.app.config.ServerConfig;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs only jobs. */
@Command(
        name = "worker",
        description = {
            "Runs only jobs, until it is stopped. Any number of workers share the jobs of a database.",
            "It needs TRADEOPS_DATABASE_URL and TRADEOPS_BUCKET, because embedded services belong to one server."
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
