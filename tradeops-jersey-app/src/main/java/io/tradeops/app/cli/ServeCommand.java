package io.tradeops.app.cli;

import io.tradeops.app.ServerConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the server. */
@Command(name = "serve", description = "Runs the server until it is stopped.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    ServeCommand() {}

    @Override
    public Integer call() throws Exception {
        ServerConfig config = ServerConfig.of(TradeOpsCommand.settings());
        try (RunningServer running = RunningServer.start(config)) {
            System.err.println("serving " + running.server().uri() + " (job dashboard "
                    + running.server().dashboardUri() + "); Ctrl-C stops");
            running.await();
            return 0;
        }
    }
}
