package io.tradeops.app.chaos;

import io.tradeops.app.Closer;
import io.tradeops.app.TradeOpsServer;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Settings;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The server as a process whose clock can be set. Each line of standard input is a command, which is answered by a line:
 * {@code step MILLIS} sets the clock forward or back, {@code memory} collects garbage and tells the bytes of the heap
 * and the number of threads, {@code stop} stops the server.
 */
final class ChaosServer {

    private ChaosServer() {}

    public static void main(String[] args) throws Exception {
        AtomicLong stepMillis = new AtomicLong();
        InstantSource clock = () -> Instant.now().plusMillis(stepMillis.get());
        ServerConfig config = ServerConfig.of(new Settings(System.getenv(), Map.of()));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (TradeOpsServer server = TradeOpsServer.start(config, new Closer(), clock, Optional.empty())) {
            System.out.println("serving " + server.uri());
            for (String line = commands.readLine(); line != null && !line.equals("stop"); line = commands.readLine()) {
                if (line.startsWith("step ")) {
                    stepMillis.addAndGet(Long.parseLong(line.substring("step ".length())));
                    System.out.println("stepped");
                } else {
                    System.out.println(memory());
                }
            }
        }
        System.exit(0);
    }

    private static String memory() {
        System.gc();
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return used + " " + ManagementFactory.getThreadMXBean().getThreadCount();
    }
}
