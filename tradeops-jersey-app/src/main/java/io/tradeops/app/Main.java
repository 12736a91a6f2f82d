package io.tradeops.app;

import io.tradeops.app.cli.TradeOpsCommand;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The program. */
public final class Main {

    private Main() {}

    /** Runs a command: exit 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] arguments) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        System.exit(TradeOpsCommand.run(arguments));
    }
}
