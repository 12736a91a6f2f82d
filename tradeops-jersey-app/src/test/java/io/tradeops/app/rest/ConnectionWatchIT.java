package io.tradeops.app.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.access.Caller;
import io.tradeops.app.access.Keys;
import io.tradeops.app.http.HttpServer;
import io.tradeops.app.http.HttpSettings;
import io.tradeops.app.http.RequestListener;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.RawHttp;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Long answers whose clients go away, and the slots that they hold. */
class ConnectionWatchIT {

    private final Set<AsyncContext> open = ConcurrentHashMap.newKeySet();

    @SuppressWarnings("NullAway.Init") // start() sets it
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.start(
                HttpSettings.of("127.0.0.1", 0).withTrustedProxies("127.0.0.1"),
                Keys.notNeeded(),
                List.of(new Endless()),
                List.of(),
                RequestListener.NONE);
    }

    @AfterEach
    void stop() throws Exception {
        endAll();
        server.close();
    }

    @Test
    void clientThatClosesItsConnectionGivesItsSlotBackAtOnce() throws Exception {
        for (int i = 0; i < 30; i++) {
            try (Socket closed = begin("203.0.113.1");
                    Socket ended = begin("203.0.113.2");
                    Socket reset = begin("203.0.113.3")) {
                assertBegun(closed);
                assertBegun(ended);
                assertBegun(reset);
                ended.shutdownOutput();
                reset.setSoLinger(true, 0);
            }
            Eventually.await("all answers have ended", open::isEmpty);
            Eventually.await("the slot is free", () -> {
                try (Socket next = begin("203.0.113.1")) {
                    return new String(next.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).endsWith("200");
                }
            });
            Eventually.await("all answers have ended", open::isEmpty);
        }
    }

    @Test
    void clientThatSendsMoreIsDropped() throws Exception {
        try (Socket socket = begin("203.0.113.1")) {
            assertBegun(socket);
            write(socket, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");

            Eventually.await("the answer has ended", open::isEmpty);
            assertThat(RawHttp.read(socket).text()).isEmpty();
        }
    }

    @Test
    void serverEndsAnAnswer() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Socket socket = begin("203.0.113.1")) {
                assertBegun(socket);
                endAll();

                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void oneClientLeavesSlotsForOthers() throws Exception {
        try (Socket first = begin("203.0.113.1")) {
            assertBegun(first);
            try (Socket second = begin("203.0.113.1");
                    Socket other = begin("203.0.113.2")) {
                assertThat(RawHttp.read(second).status()).isEqualTo(429);
                assertBegun(other);
            }
        }
    }

    private void endAll() {
        open.forEach(this::end);
    }

    private void end(AsyncContext answer) {
        if (open.remove(answer)) {
            answer.complete();
        }
    }

    private Socket begin(String client) throws IOException {
        Socket socket = new RawHttp(server.uri()).connect();
        write(
                socket,
                "GET /long HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-For: " + client
                        + "\r\n\r\n");
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void assertBegun(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder received = new StringBuilder();
        while (received.indexOf("begun") < 0) {
            int next = in.read();
            assertThat(next).as(received.toString()).isNotNegative();
            received.append((char) next);
        }
        assertThat(received).startsWith("HTTP/1.1 200");
    }

    /** A resource whose answers don't end. */
    @Path("long")
    public final class Endless {

        private final RequestSlots slots = new RequestSlots(3, 1, "long answers");

        /** Begins an answer. */
        @GET
        public Response get(@Context HttpServletRequest request) {
            slots.takeFor(request, Caller.network(request));
            LongAnswer.continueWith(request, this::begin);
            return Response.ok()
                    .type("text/plain")
                    .header("Connection", "close")
                    .build();
        }

        private void begin(AsyncContext answer) throws IOException {
            open.add(answer);
            answer.getResponse().getOutputStream().write("begun".getBytes(StandardCharsets.US_ASCII));
            answer.getResponse().flushBuffer();
            ConnectionWatch.start(answer.getRequest(), () -> end(answer));
        }
    }
}
