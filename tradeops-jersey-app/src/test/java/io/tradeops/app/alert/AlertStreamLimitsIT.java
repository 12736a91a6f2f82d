package io.tradeops.app.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.access.Keys;
import io.tradeops.app.http.HttpServer;
import io.tradeops.app.http.HttpSettings;
import io.tradeops.app.http.RequestListener;
import io.tradeops.app.rest.AnswerMemory;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.OpenDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Heartbeats of the alert stream, and its limits for clients. */
class AlertStreamLimitsIT {

    private static final StreamLimits LIMITS = new StreamLimits(3, 3, Duration.ofMillis(300), Duration.ofMillis(1_500));

    /** More alerts than the socket buffers of both sides hold. */
    private static final int MANY = 30_000;

    private static final int TIMEOUT_MILLIS = 20_000;

    @RegisterExtension
    static final OpenDatabase database = OpenDatabase.of(AlertRepository.entities(), "alerts");

    @SuppressWarnings("NullAway.Init") // start() sets it
    private AlertStream stream;

    @SuppressWarnings("NullAway.Init") // start() sets it
    private HttpServer http;

    @BeforeEach
    void start() throws Exception {
        start(LIMITS);
    }

    private void start(StreamLimits limits) throws Exception {
        AlertRepository alerts = new AlertRepository(database.get());
        stream = AlertStream.start(alerts, limits);
        http = HttpServer.start(
                HttpSettings.of("127.0.0.1", 0).withTrustedProxies("127.0.0.1"),
                Keys.notNeeded(),
                List.of(new AlertResource(alerts, stream, AnswerMemory.ofHeap())),
                List.of(),
                RequestListener.NONE);
    }

    private void restart(StreamLimits limits) throws Exception {
        stop();
        start(limits);
    }

    @AfterEach
    void stop() throws Exception {
        stream.close();
        http.close();
    }

    @Test
    void sendsHeartbeatsWithoutAlerts() throws Exception {
        try (Socket client = connect("/alerts/stream", 0)) {
            long start = System.nanoTime();
            String received = readUntil(client, ": heartbeat\n\n", 5);

            assertThat(received).containsPattern("retry: 2000\nid: \\d+\n\n").doesNotContain("event:");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(LIMITS.heartbeat().multipliedBy(3), Duration.ofSeconds(10));
            assertThat(stream.slowClients()).isZero();
        }
    }

    @Test
    void clientThatReadsNothingIsDroppedAndTheOthersGetEverything() throws Exception {
        try (Socket stalled = connect("/alerts/stream", 4_096);
                Socket reading = connect("/alerts/stream", 0)) {
            Eventually.await("both are connected", () -> stream.clientCount() == 2);
            storeMany();

            String received = readUntil(reading, "event: alert\n", MANY);
            assertThat(received.lines().filter(line -> line.startsWith("id: ")).distinct())
                    .hasSize(1 + MANY); // the first event has an id, too
            Eventually.await("the client is dropped", () -> stream.slowClients() == 1);
            assertThat(stream.clientCount()).isEqualTo(1);
            assertThat(readToTheEnd(stalled)).isTrue();
            readUntil(reading, ": heartbeat\n\n", 2);
        }
    }

    @Test
    void clientBeyondTheLimitIsRefusedUntilAnotherEnds() throws Exception {
        try (Socket first = connect("/alerts/stream", 0);
                Socket second = connect("/alerts/stream", 0)) {
            Socket third = connect("/alerts/stream", 0);
            Eventually.await("all are connected", () -> stream.clientCount() == 3);
            assertThat(readUntil(first, "retry", 1)).isNotEmpty();
            assertThat(readUntil(second, "retry", 1)).isNotEmpty();

            Client.Answer refused = new Client(http.uri()).get("alerts/stream", "text/event-stream");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(refused.header("Retry-After")).isNotEmpty();
            assertThat(refused.json().get("detail").textValue()).contains("3 clients");

            third.close();
            Eventually.await("the client is gone", () -> stream.clientCount() == 2);
        }
        try (Socket next = connect("/alerts/stream", 0)) {
            assertThat(readUntil(next, "retry: 2000", 1)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void clientThatClosesItsConnectionGivesItsPlaceBackAtOnce() throws Exception {
        // the next heartbeat is far away
        restart(new StreamLimits(3, 3, Duration.ofMinutes(10), Duration.ofMinutes(10)));
        for (int i = 0; i < 10; i++) {
            try (Socket one = connectOnceFree();
                    Socket two = connectOnceFree();
                    Socket reset = connectOnceFree()) {
                assertThat(one.isConnected()).isTrue();
                two.shutdownOutput();
                reset.setSoLinger(true, 0);
            }
        }
        Eventually.await("all are gone", () -> stream.clientCount() == 0);
    }

    /** Connects until a place is free. */
    private Socket connectOnceFree() throws Exception {
        List<Socket> connected = new ArrayList<>();
        Eventually.await("a place is free", () -> {
            Socket socket = connect("/alerts/stream", 0);
            if (readUntil(socket, "\r\n", 1).startsWith("HTTP/1.1 200")) {
                return connected.add(socket);
            }
            socket.close();
            return false;
        });
        return connected.get(0);
    }

    @Test
    void clientsOfOneAddressLeavePlacesForOthers() throws Exception {
        restart(new StreamLimits(3, 1, Duration.ofMinutes(10), Duration.ofMinutes(10)));
        try (Socket first = connect("/alerts/stream", 0, "X-Forwarded-For: 203.0.113.1")) {
            assertThat(readUntil(first, "retry", 1)).startsWith("HTTP/1.1 200");
            try (Socket second = connect("/alerts/stream", 0, "X-Forwarded-For: 203.0.113.1");
                    Socket other = connect("/alerts/stream", 0, "X-Forwarded-For: 203.0.113.2")) {
                assertThat(readUntil(second, "\r\n", 1)).startsWith("HTTP/1.1 429");
                assertThat(readUntil(other, "retry", 1)).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void closedStreamRefusesClients() throws Exception {
        stream.close();

        assertThat(new Client(http.uri())
                        .get("alerts/stream", "text/event-stream")
                        .status())
                .isEqualTo(503);
    }

    private Socket connect(String path, int receiveBuffer) throws IOException {
        return connect(path, receiveBuffer, "X-None: 1");
    }

    private Socket connect(String path, int receiveBuffer, String header) throws IOException {
        URI uri = http.uri();
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n" + header + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Reads until a text has been received a number of times; returns all that was received. */
    private static String readUntil(Socket socket, String text, int times) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder received = new StringBuilder();
        byte[] buffer = new byte[64 * 1024];
        int from = 0;
        for (int seen = 0; seen < times; ) {
            int found = received.indexOf(text, from);
            if (found >= 0) {
                seen++;
                from = found + text.length();
                continue;
            }
            int count;
            try {
                count = in.read(buffer);
            } catch (SocketTimeoutException e) {
                throw new AssertionError("nothing came after " + seen + " of " + text + ": " + received, e);
            }
            if (count < 0) {
                throw new AssertionError("the stream ended after " + seen + " of " + text);
            }
            received.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        }
        return received.toString();
    }

    private static boolean readToTheEnd(Socket socket) {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // the connection was reset
        }
    }

    private static void storeMany() {
        database.get().withConnection(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("insert into alerts (id, ticker, rule, change_percent, reference_price,"
                        + " reference_timestamp, reference_seq, trigger_price, trigger_timestamp, trigger_seq)"
                        + " select gen_random_uuid(), 'MANY', 'up>2%/60s', 2.01, 100, now(), 1, 102.01, now(), 2"
                        + " from generate_series(1, " + MANY + ")");
            }
        });
    }
}
