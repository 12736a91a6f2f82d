package io.tradeops.app.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.http.HttpServer;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.RawHttp;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers of which two do not fit into the memory at the same time. */
class AnswerMemoryIT {

    private static final int MEMORY = 32 << 20;
    private static final int LARGE = 24 << 20;
    private static final int SMALL = 1 << 20;

    @SuppressWarnings("NullAway.Init") // start() sets it
    private HttpServer server;

    @SuppressWarnings("NullAway.Init") // start() sets it
    private RawHttp raw;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.start("127.0.0.1", 0, List.of(new Answers()), List.of());
        raw = new RawHttp(server.uri());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void unreadAnswerHoldsItsMemoryUntilItsClientIsGone() throws Exception {
        try (Socket unread = raw.connect()) {
            unread.getOutputStream()
                    .write("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(unread.getInputStream().read()).isEqualTo('H');

            RawHttp.Answer refused = raw.send("", "GET /large HTTP/1.1");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(raw.send("", "GET /small HTTP/1.1").status()).isEqualTo(200);
        }
        Eventually.await(
                "the memory is free again",
                () -> raw.send("", "GET /large HTTP/1.1").status() == 200);
    }

    @Test
    void readAnswersReturnTheirMemory() throws Exception {
        for (int i = 0; i < 10; i++) {
            RawHttp.Answer answer = raw.send("", "GET /large HTTP/1.1");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).hasSize(LARGE);
        }
    }

    @Test
    void answerThatIsSmallerThanExpectedHoldsOnlyItsLength() throws Exception {
        try (Socket unread = raw.connect()) {
            unread.getOutputStream()
                    .write("GET /reduced HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(unread.getInputStream().read()).isEqualTo('H');

            assertThat(raw.send("", "GET /large HTTP/1.1").status()).isEqualTo(200);
        }
    }

    @Test
    void answerLargerThanTheMemoryIsRefused() throws Exception {
        assertThat(raw.send("", "GET /huge HTTP/1.1").status()).isEqualTo(503);
    }

    /** Answers of some lengths. */
    @Path("")
    public static final class Answers {

        private final AnswerMemory memory = new AnswerMemory(MEMORY);

        /** Without state. */
        public Answers() {}

        /** Needs most of the memory. */
        @GET
        @Path("large")
        public byte[] large(@Context HttpServletRequest request) {
            memory.hold(request, LARGE);
            return spaces(LARGE);
        }

        /** Needs little. */
        @GET
        @Path("small")
        public byte[] small(@Context HttpServletRequest request) {
            memory.hold(request, SMALL);
            return spaces(SMALL);
        }

        /** Needs most of the memory while it is made. */
        @GET
        @Path("reduced")
        public byte[] reduced(@Context HttpServletRequest request) {
            AnswerMemory.Hold hold = memory.hold(request, LARGE);
            hold.reduceTo(8 * SMALL);
            return spaces(8 * SMALL);
        }

        /** Needs more than there is. */
        @GET
        @Path("huge")
        public byte[] huge(@Context HttpServletRequest request) {
            memory.hold(request, MEMORY + 1L);
            return new byte[0];
        }

        private static byte[] spaces(int length) {
            return " ".repeat(length).getBytes(StandardCharsets.US_ASCII);
        }
    }
}
