package io.tradeops.app.cli;

import io.tradeops.app.TradeOpsServer;
import io.tradeops.app.config.ServerConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the server. */
@Command(name = "serve", description = "Runs the server until it is stopped.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    ServeCommand() {}

    @Override
    public Integer call() throws Exception {
        ServerConfig config = ServerConfig.of(TradeOpsCommand.settings());
        try (UntilStopped running = UntilStopped.open()) {
            TradeOpsServer server = TradeOpsServer.start(config, running.parts());
            return running.await("serving " + server.uri() + " (job dashboard " + server.dashboardUri() + ")");
        }
    }
}
