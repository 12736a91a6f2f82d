package io.tradeops.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.access.Keys;
import io.tradeops.app.rest.BodyReader;
import io.tradeops.app.site.HealthResource;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.RawHttp;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits on connections and on the time that requests may take to arrive. */
class HttpLimitsIT {

    private static final int CONNECTIONS = 3;
    private static final Duration HEAD = Duration.ofMillis(500);
    private static final Duration WHOLE = Duration.ofSeconds(1);
    private static final long BYTE_NANOS = 50_000_000;
    private static final int LIMIT_SECONDS = 20;

    private final AtomicInteger checks = new AtomicInteger();
    private final AtomicInteger endlessAnswers = new AtomicInteger();

    @SuppressWarnings("NullAway.Init") // start() sets it
    private HttpServer server;

    @SuppressWarnings("NullAway.Init") // start() sets it
    private RawHttp raw;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.start(
                HttpSettings.of("127.0.0.1", 0).withBounds(CONNECTIONS, HEAD, WHOLE),
                Keys.notNeeded(),
                List.of(new HealthResource(Map.of("part", this::check), () -> true), new Echo(endlessAnswers)),
                List.of(),
                RequestListener.NONE);
        raw = new RawHttp(server.uri());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void closesAConnectionWhoseHeadComesByteByByte() throws Exception {
        assertClosed("GET /health/live HTTP/1.1\r\nX-Slow: ");
    }

    @Test
    void closesAConnectionWhoseBodyComesByteByByte() throws Exception {
        assertClosed("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health/live HTTP/1.1\r\nX-Unfinished: ",
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\na",
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n"
            })
    void unfinishedRequestGets408(String begin) throws Exception {
        try (Socket socket = raw.connect()) {
            socket.getOutputStream().write(bytes(begin));
            RawHttp.Answer answer = RawHttp.read(socket);

            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(answer.header("Content-Length"))
                    .isEqualTo(String.valueOf(answer.body().length()));
            assertThat(answer.body()).contains("\"status\":408", answer.header("X-Request-Id"));
        }
    }

    @Test
    void bodyThatTheServerDoesNotReadIsNotLate() throws Exception {
        try (Socket socket = raw.connect()) {
            socket.getOutputStream()
                    .write(bytes("GET /echo/late HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"));
            assertThat(readSome(socket)).startsWith("HTTP/1.1 200").endsWith("late");
        }
    }

    @Test
    void keepsAnIdleConnectionOpen() throws Exception {
        try (Socket socket = raw.connect()) {
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write(bytes("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"));
                assertThat(readSome(socket)).startsWith("HTTP/1.1 200");
                LockSupport.parkNanos(HEAD.plus(WHOLE).toNanos()); // idle for longer than each limit of time
            }
        }
    }

    @Test
    void readinessChecksThePartsAtMostOnceASecond() throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(raw.send("", "GET /health/ready HTTP/1.1").status()).isEqualTo(200);
        }
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();

        assertThat(checks.get()).isBetween(1, (int) seconds + 1);
        Eventually.await(
                "the parts are checked again",
                () -> raw.send("", "GET /health/ready HTTP/1.1").status() == 200 && checks.get() > seconds + 1);
    }

    @Test
    void fieldsOfAHeadAreLimited() throws Exception {
        String most = "X: 1\r\n".repeat(97) + "Y: 1"; // besides Host and Connection

        assertThat(raw.send("", "GET /health/live HTTP/1.1", most).status()).isEqualTo(200);
        assertThat(raw.send("", "GET /health/live HTTP/1.1", most, "Z: 1").status())
                .isEqualTo(431);
        assertThat(raw.send(
                                "1\r\na\r\n0\r\n" + "X: 1\r\n".repeat(200) + "\r\n",
                                "POST /echo HTTP/1.1",
                                "Transfer-Encoding: chunked")
                        .status())
                .isNotEqualTo(200);
    }

    @Test
    void endsTheAnswerToAClientThatReadsTooSlowly() throws Exception {
        try (Socket socket = endless()) {
            InputStream in = socket.getInputStream();
            assertThat(in.read()).isEqualTo('H');
            Eventually.await("the answer has begun", () -> endlessAnswers.get() == 1);
            Eventually.await("the answer has ended", () -> in.read() >= 0 && endlessAnswers.get() == 0);
        }
    }

    @Test
    void keepsTheConnectionOfAClientThatReadsFasterThanTheLeastRate() throws Exception {
        long end = System.nanoTime() + WHOLE.multipliedBy(4).toNanos();
        byte[] buffer = new byte[1 << 20];
        try (Socket socket = endless()) {
            while (System.nanoTime() < end) {
                assertThat(socket.getInputStream().readNBytes(buffer, 0, buffer.length))
                        .isEqualTo(buffer.length);
                LockSupport.parkNanos(BYTE_NANOS); // the client's pace is what is tested
            }
        }
        Eventually.await("the answer has ended", () -> endlessAnswers.get() == 0);
    }

    private Socket endless() throws IOException {
        Socket socket = raw.connect();
        socket.getOutputStream().write(bytes("GET /echo/endless HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        return socket;
    }

    private Optional<String> check() {
        checks.incrementAndGet();
        return Optional.empty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n"})
    void connectionWithoutARequestIsClosed(String begin) throws Exception {
        try (Socket socket = raw.connect()) {
            socket.getOutputStream().write(bytes(begin));
            assertThat(RawHttp.read(socket).text()).isEmpty();
        }
    }

    @Test
    void connectionOverTheLimitTakesThePlaceOfAnIdleOne() throws Exception {
        Socket[] open = new Socket[CONNECTIONS + 1];
        for (int i = 0; i <= CONNECTIONS; i++) {
            open[i] = raw.connect();
            open[i].getOutputStream().write(bytes("GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            assertThat(readSome(open[i])).startsWith("HTTP/1.1 405");
        }
        assertThat(open[0].getInputStream().read()).isEqualTo(-1);
        for (int i = 1; i <= CONNECTIONS; i++) {
            open[i].getOutputStream().write(bytes("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            assertThat(readSome(open[i])).startsWith("HTTP/1.1 200");
            open[i].close();
        }
    }

    private void assertClosed(String begin) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(LIMIT_SECONDS).toNanos();
        boolean closed = false;
        try (Socket socket = raw.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes(begin));
            while (System.nanoTime() < deadline) {
                out.write('a');
                LockSupport.parkNanos(BYTE_NANOS); // the client's pace is what is tested
            }
        } catch (IOException e) {
            closed = true;
        }
        assertThat(closed).as("within " + LIMIT_SECONDS + " s").isTrue();
        Eventually.await(
                "the server still answers",
                () -> raw.send("", "GET /health/live HTTP/1.1").status() == 200);
    }

    private static String readSome(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[4096];
        int count = in.read(buffer);
        return new String(buffer, 0, Math.max(0, count), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A resource that reads bodies. */
    @Path("echo")
    public static final class Echo {

        private final AtomicInteger endlessAnswers;

        Echo(AtomicInteger endlessAnswers) {
            this.endlessAnswers = endlessAnswers;
        }

        /** Sends zeros until the connection is closed. */
        @GET
        @Path("endless")
        public StreamingOutput endless() {
            return out -> {
                endlessAnswers.incrementAndGet();
                try {
                    while (true) {
                        out.write(new byte[64 * 1024]);
                    }
                } finally {
                    endlessAnswers.decrementAndGet();
                }
            };
        }

        /** Answers after the time limit of a body, without reading it. */
        @GET
        @Path("late")
        public String late() {
            LockSupport.parkNanos(WHOLE.multipliedBy(2).toNanos()); // the time that an answer takes is what is tested
            return "late";
        }

        /** Answers the length of the body. */
        @POST
        public String post(InputStream body, @Context ContainerRequestContext request) {
            return String.valueOf(new BodyReader(1 << 20, 1).read(body, request).length);
        }
    }
}
