package io.tradeops.app.cli;

import io.tradeops.app.ServerConfig;
import io.tradeops.app.TradeOpsServer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server that is stopped when the process is asked to end. Thread-safe. */
final class RunningServer implements AutoCloseable {

    private final TradeOpsServer server;
    private final AtomicBoolean closed = new AtomicBoolean();

    private RunningServer(TradeOpsServer server) {
        this.server = server;
    }

    static RunningServer start(ServerConfig config) throws IOException {
        RunningServer running = new RunningServer(TradeOpsServer.start(config));
        Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop"));
        return running;
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
        if (closed.compareAndSet(false, true)) {
            System.err.println("stopping …");
            server.close();
            System.err.println("stopped");
        }
    }
}
