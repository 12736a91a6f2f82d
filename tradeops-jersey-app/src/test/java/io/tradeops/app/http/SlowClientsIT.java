package io.tradeops.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.TestServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More slow clients than the server has threads. */
class SlowClientsIT {

    private static final int CLIENTS = 220;
    private static final int MOST_FURTHER_THREADS = 50;
    private static final String TRADE = "{\"ticker\":\"QUICK\",\"price\":1,\"quantity\":1}";

    /** Longer than what arrives before the request gets a thread. */
    private static final String LONG_TRADE = TRADE + " ".repeat(10_000);

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    private static final Client client = server.client();

    private final List<Socket> slow = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
    }

    @Test
    void unfinishedSmallBodiesHoldNoThread() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            send("POST /trades/ HTTP/1.1\r\nContent-Length: 1000", "{");
        }

        assertServes();
        assertThat(client.post("trades/", TRADE).status()).isEqualTo(201);
    }

    @Test
    void unfinishedLargeBodiesLeaveThreadsForReadsAndProbes() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            send("POST /trades/ HTTP/1.1\r\nContent-Length: 60000", " ".repeat(20_000));
            send("POST /trades/batch HTTP/1.1\r\nContent-Length: 6000000", " ".repeat(20_000));
        }

        Eventually.await(
                "the server reads as many bodies as it may",
                () -> client.post("trades/", LONG_TRADE).status() == 503);
        assertThat(client.post("trades/", LONG_TRADE).header("Retry-After")).isEqualTo("1");
        assertThat(client.post("trades/", TRADE).status()).isEqualTo(201);
        assertServes();
        close();
        Eventually.await(
                "long bodies are accepted again",
                () -> client.post("trades/", LONG_TRADE).status() == 201);
    }

    @Test
    void slowConnectionsCostFewThreads() throws Exception {
        assertServes();
        int before = threads();
        for (int i = 0; i < 50; i++) {
            slow.add(server.raw().connect());
            send("GET /trades/ HTTP/1.1\r\nX-Half: 1", "");
            halfHead();
            send("POST /trades/ HTTP/1.1\r\nContent-Length: 1000", "{");
            send("POST /trades/ HTTP/1.1\r\nContent-Length: 60000", " ".repeat(20_000));
            send("POST /trades/batch HTTP/1.1\r\nContent-Length: 6000000", " ".repeat(20_000));
        }

        Eventually.await(
                "the server reads as many bodies as it may",
                () -> client.post("trades/", LONG_TRADE).status() == 503);
        assertServes();
        assertThat(threads()).isLessThanOrEqualTo(before + MOST_FURTHER_THREADS);
    }

    @Test
    void connectionsThatTheServerClosesAllAtOnceCostFewThreads() throws Exception {
        assertServes();
        int before = threads();
        ManagementFactory.getThreadMXBean().resetPeakThreadCount();
        for (int i = 0; i < 300; i++) {
            slow.add(server.raw().connect());
            halfHead();
        }

        for (Socket socket : slow) {
            socket.setSoTimeout(30_000);
            socket.getInputStream().readAllBytes();
        }

        assertThat(ManagementFactory.getThreadMXBean().getPeakThreadCount())
                .isLessThanOrEqualTo(before + MOST_FURTHER_THREADS);
    }

    private void halfHead() throws IOException {
        Socket socket = server.raw().connect();
        slow.add(socket);
        socket.getOutputStream().write("GET /trades/ HTTP/1.1\r\nX-Half: ".getBytes(StandardCharsets.US_ASCII));
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static void assertServes() throws Exception {
        assertThat(client.get("health/live").status()).isEqualTo(200);
        assertThat(client.get("trades/?limit=1").status()).isEqualTo(200);
        assertThat(client.get("metrics").status()).isEqualTo(200);
    }

    private void send(String head, String body) throws IOException {
        Socket socket = server.raw().connect();
        slow.add(socket);
        String request = head + "\r\nHost: localhost\r\nContent-Type: application/json\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }
}
