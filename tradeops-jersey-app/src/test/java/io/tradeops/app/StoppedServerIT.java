package io.tradeops.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is asked to end. */
class StoppedServerIT {

    @TempDir
    Path directory;

    @Test
    void feedTellsItsClientsThatItStops() throws Exception {
        List<String> frames = new CopyOnWriteArrayList<>();
        try (TradeOpsServer server = TradeOpsServer.start(TestConfig.in(directory), new Closer())) {
            HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://" + server.uri().getAuthority() + "/prices"), keep(frames))
                    .get(10, TimeUnit.SECONDS)
                    .sendText("{\"action\":\"subscribe\",\"tickers\":[\"NONE\"]}", true)
                    .join();
            Eventually.await("it is subscribed", () -> String.join("", frames).contains("subscription"));
        }

        Eventually.await("it is told", () -> String.join("", frames).contains("{\"type\":\"shutdown\""));
    }

    @Test
    void processThatIsEndedWhileItStartsLeavesNothingRunning() throws Exception {
        Process process =
                Program.start(directory, Map.of("TRADEOPS_PORT", "0", "TRADEOPS_DASHBOARD_PORT", "0"), "serve");
        Path pidFile = directory.resolve(".tradeops/postgres/data/postmaster.pid");
        Eventually.await("PostgreSQL is starting", () -> Files.exists(pidFile));

        process.destroy();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("ends within 20 s").isTrue();
        assertThat(ProcessHandle.allProcesses()
                        .flatMap(other -> other.info().commandLine().stream())
                        .filter(command -> command.contains(directory.toString())))
                .isEmpty();
    }

    private static WebSocket.Listener keep(List<String> frames) {
        return new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                frames.add(data.toString());
                socket.request(1);
                return CompletableFuture.completedFuture(null);
            }
        };
    }
}
