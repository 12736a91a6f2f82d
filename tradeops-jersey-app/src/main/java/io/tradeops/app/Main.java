package io.tradeops.app;

import io.tradeops.app.cli.TradeOpsCommand;
import java.util.List;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The program. */
public final class Main {

    /** The variable that {@code logback.xml} reads. */
    private static final String LOG_LEVEL = "TRADEOPS_LOG_LEVEL";

    private Main() {}

    /** Runs a command: exit 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] arguments) {
        if (List.of(arguments).contains("demo") && System.getenv(LOG_LEVEL) == null) {
            System.setProperty(LOG_LEVEL, "WARN"); // the demo says itself what it does
        }
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        System.exit(TradeOpsCommand.run(arguments));
    }
}
