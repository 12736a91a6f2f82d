package io.tradeops.app.cli;

import io.tradeops.app.log.LogSettings;
import java.util.List;
import java.util.Optional;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The program. */
public final class Main {

    /** The variable that {@code logback.xml} reads. */
    private static final String LOG_LEVEL = "TRADEOPS_LOG_LEVEL";

    /** Commands that log nothing if they succeed. They are done before logging would have started. */
    private static final List<String> COMPUTING = List.of("analyze", "replay");

    private Main() {}

    /** Runs a command and exits with its code: 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] arguments) {
        Optional<String> problem = LogSettings.problem(System.getenv());
        if (problem.isPresent()) {
            StandardError.println("tradeops: " + problem.get());
            System.exit(1);
        }
        if (List.of(arguments).contains("demo") && System.getenv(LOG_LEVEL) == null) {
            System.setProperty(LOG_LEVEL, "WARN"); // the demo prints its own progress
        }
        if (!COMPUTING.contains(arguments.length == 0 ? "" : arguments[0])) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
        System.exit(TradeOpsCommand.run(arguments));
    }
}
