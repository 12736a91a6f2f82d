package io.tradeops.app.cli;

import io.tradeops.app.TradeOpsServer;
import io.tradeops.app.config.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the server with sample data. */
@Command(
        name = "demo",
        description = "Runs the server on embedded services, with sample data, until it is stopped.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final Duration HISTORY = Duration.ofMinutes(30);

    DemoCommand() {}

    @Override
    public Integer call() throws Exception {
        say("starting PostgreSQL, S3, feed, monitor, jobs and page; the first start takes longest");
        ServerConfig config = ServerConfig.of(TradeOpsCommand.settings(), HISTORY);
        try (UntilStopped running = UntilStopped.open()) {
            TradeOpsServer server = TradeOpsServer.start(config, running.parts());
            DemoScript script = new DemoScript(server.uri(), server.ownKey());
            say("the feed simulates the last " + HISTORY.toMinutes() + " minutes, then continues in real time");
            say(script.enterTrades());
            say(script.queueAnalyses());
            script.awaitHistory(server);
            server.jobs().queue().finalizeAverages();
            say(script.awaitAlerts());
            say(script.awaitAverages());
            say(script.awaitAnalysis());
            say("");
            addresses(server).forEach(DemoCommand::say);
            return running.await("everything is running");
        }
    }

    private static List<String> addresses(TradeOpsServer server) throws IOException {
        URI uri = server.uri();
        return List.of(
                "Open:",
                "  live page      " + uri,
                "  trades         " + uri + "trades/?limit=5",
                "  averages       " + uri + "averages/?limit=5&order=desc",
                "  alerts         " + uri + "alerts/?limit=5&order=desc",
                "  analysis       " + uri + "analysis/?date=" + DemoScript.ANALYSED_DAY,
                "  health         " + uri + "health/ready",
                "  job dashboard  " + server.dashboardUri(),
                "  price feed     ws://" + uri.getAuthority() + "/prices");
    }

    private static void say(String line) {
        StandardError.println(line);
    }
}
