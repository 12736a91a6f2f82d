package io.tradeops.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.TradeOpsServer;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.Program;
import io.tradeops.app.support.RawHttp;
import io.tradeops.app.support.TestConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
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

/** A server that stops. */
class StoppedServerIT {

    @TempDir
    Path directory;

    @Test
    void feedSendsShutdownToItsClients() throws Exception {
        List<String> frames = new CopyOnWriteArrayList<>();
        try (TradeOpsServer server = TradeOpsServer.start(TestConfig.in(directory))) {
            HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://" + server.uri().getAuthority() + "/prices"), collect(frames))
                    .get(10, TimeUnit.SECONDS)
                    .sendText("{\"action\":\"subscribe\",\"tickers\":[\"NONE\"]}", true)
                    .join();
            Eventually.await(
                    "the client is subscribed", () -> String.join("", frames).contains("subscription"));
        }

        Eventually.await(
                "the client gets a shutdown", () -> String.join("", frames).contains("{\"type\":\"shutdown\""));
    }

    @Test
    void answersRunningRequestsAndAcceptsNoNewOnes() throws Exception {
        byte[] body = "{\"ticker\":\"LAST\",\"price\":1,\"quantity\":1}".getBytes(StandardCharsets.US_ASCII);
        TradeOpsServer server = TradeOpsServer.start(TestConfig.in(directory));
        RawHttp raw = new RawHttp(server.uri());
        CompletableFuture<Void> closing;
        try (Socket socket = raw.connect()) {
            OutputStream out = socket.getOutputStream();
            String head = "POST /trades/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + body.length + "\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(body, 0, 10);
            assertThat(new Client(server.uri()).get("health/live").status())
                    .isEqualTo(200); // so the server has accepted the earlier connection, too
            closing = CompletableFuture.runAsync(server::close);
            Eventually.await("new connections are refused", () -> isRefused(raw));
            out.write(body, 10, body.length - 10);

            assertThat(RawHttp.read(socket).status()).isEqualTo(201);
        } finally {
            server.close();
        }
        closing.get(20, TimeUnit.SECONDS);
    }

    private static boolean isRefused(RawHttp raw) {
        try {
            raw.connect().close();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void processThatStopsWhileItStartsLeavesNoProcessBehind() throws Exception {
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

    private static WebSocket.Listener collect(List<String> frames) {
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
