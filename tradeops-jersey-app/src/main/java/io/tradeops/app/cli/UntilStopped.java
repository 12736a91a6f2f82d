package io.tradeops.app.cli;

import io.tradeops.app.Closer;
import io.tradeops.app.ServerConfig;
import io.tradeops.app.TradeOpsServer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** A server that is stopped when the process is asked to end, also while it starts. Thread-safe. */
final class RunningServer implements AutoCloseable {

    private final Closer parts;
    private final TradeOpsServer server;

    private RunningServer(Closer parts, TradeOpsServer server) {
        this.parts = parts;
        this.server = server;
    }

    static RunningServer start(ServerConfig config) throws IOException {
        Closer parts = Closer.closingAtExit();
        parts.add(() -> System.err.println("stopped"));
        TradeOpsServer server = TradeOpsServer.start(config, parts);
        parts.add(() -> System.err.println("stopping …"));
        return new RunningServer(parts, server);
    }

    TradeOpsServer server() {
        return server;
    }

    /** Waits for ever; the process ends by a signal. */
    void await() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Override
    public void close() {
        parts.close();
    }
}
