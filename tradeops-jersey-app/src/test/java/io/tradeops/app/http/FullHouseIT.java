package io.tradeops.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.access.Access;
import io.tradeops.app.access.Keys;
import io.tradeops.app.site.HealthResource;
import io.tradeops.app.site.MetricsResource;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.RawHttp;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose connections are all taken. */
class FullHouseIT {

    private static final int CONNECTIONS = 20;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String OWN_KEY = "own-key";

    /** No key is needed, but one is the server's own. */
    private static final Keys KEYS = key -> key.equals(OWN_KEY) ? Access.OWN : Access.OPEN;

    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger held = new AtomicInteger();
    private final List<Socket> sockets = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // start() sets it
    private HttpServer server;

    @SuppressWarnings("NullAway.Init") // start() sets it
    private RawHttp raw;

    @AfterEach
    void close() throws IOException {
        end.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close();
    }

    @Test
    void connectionsWithRequestsLeaveThePlacesOfProbes() throws Exception {
        start(settings());
        hold(CONNECTIONS);

        for (int i = 0; i < 2 * ConnectionPlaces.RESERVE; i++) {
            assertProbesAreServed();
        }
        RawHttp.Answer refused = raw.send("", "GET /held HTTP/1.1");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        end.countDown();
        Eventually.await(
                "requests are served again",
                () -> raw.send("", "GET /held HTTP/1.1").status() == 200);
    }

    @Test
    void connectionsOfOneAddressLeavePlacesForOthers() throws Exception {
        start(HttpSettings.of("127.0.0.1", 0).withConnectionsPerAddress(CONNECTIONS));
        hold(CONNECTIONS);

        assertProbesAreServed();
        assertThat(raw.send("", "GET /held HTTP/1.1").status()).isEqualTo(429);
    }

    @Test
    void trustedProxyHasNoLimitOfItsOwn() throws Exception {
        HttpSettings settings = HttpSettings.of("127.0.0.1", 0)
                .withConnectionsPerAddress(CONNECTIONS)
                .withTrustedProxies("127.0.0.1");
        start(settings);
        hold(2 * CONNECTIONS);

        assertThat(raw.send("", "GET /nothing HTTP/1.1").status()).isEqualTo(404);
    }

    @Test
    void ownClientIsServedAndKeepsItsConnection() throws Exception {
        start(settings());
        hold(CONNECTIONS);
        Socket other = connect("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(RawHttp.read(other).header("Connection")).isEqualTo("close");
        Socket own = connect("");
        for (int i = 0; i < 3; i++) {
            write(own, "GET /health HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + OWN_KEY + "\r\n\r\n");
            assertThat(readSome(own)).startsWith("HTTP/1.1 404").doesNotContain("Connection: close");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "GET /held HTTP/1.1\r\nX-Half: ",
                "POST /held HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"
            })
    void connectionsThatWaitLoseTheirPlaces(String begin) throws Exception {
        start(settings());
        for (int i = 0; i < 2 * (CONNECTIONS + ConnectionPlaces.RESERVE); i++) {
            connect(begin);
        }
        Eventually.await(
                "other requests are served",
                () -> raw.send("", "GET /nothing HTTP/1.1").status() == 404);
        assertProbesAreServed();
        assertThat(sockets.get(0).getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void reserveIsNotHeldByConnectionsThatWait() throws Exception {
        start(settings());
        hold(CONNECTIONS);
        for (int i = 0; i < 2 * ConnectionPlaces.RESERVE; i++) {
            connect("GET /health/live HTTP/1.1\r\nX-Half: ");
        }

        assertProbesAreServed();
    }

    private static HttpSettings settings() {
        return HttpSettings.of("127.0.0.1", 0).withBounds(CONNECTIONS, LONG, LONG);
    }

    private void start(HttpSettings settings) throws IOException {
        server = HttpServer.start(
                settings,
                KEYS,
                List.of(new HealthResource(Map.of(), () -> true), new MetricsResource(() -> "up 1\n"), new Held()),
                List.of(),
                RequestListener.NONE);
        raw = new RawHttp(server.uri());
    }

    private void hold(int requests) throws Exception {
        for (int i = 0; i < requests; i++) {
            connect("GET /held HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        Eventually.await("all requests are held", () -> held.get() == requests);
    }

    private Socket connect(String begin) throws IOException {
        Socket socket = raw.connect();
        sockets.add(socket);
        write(socket, begin);
        return socket;
    }

    private void assertProbesAreServed() throws IOException {
        for (String probe : List.of("/health/live", "/health/ready", "/metrics")) {
            long start = System.nanoTime();
            assertThat(raw.send("", "GET " + probe + " HTTP/1.1").status())
                    .as(probe)
                    .isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(probe).isLessThan(Duration.ofSeconds(5));
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String readSome(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[4096];
        return new String(buffer, 0, Math.max(0, in.read(buffer)), StandardCharsets.UTF_8);
    }

    /** A resource that answers at the end of the test. */
    @Path("held")
    public final class Held {

        /** Waits for the end of the test. */
        @GET
        public String get() throws InterruptedException {
            held.incrementAndGet();
            end.await();
            return "at last";
        }
    }
}
