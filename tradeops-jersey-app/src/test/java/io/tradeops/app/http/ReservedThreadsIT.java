package io.tradeops.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.access.Keys;
import io.tradeops.app.site.HealthResource;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.RawHttp;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** More slow requests than the server has threads. */
class ReservedThreadsIT {

    private static final int REQUESTS = 250;

    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void probesAreServedAndOtherRequestsGet503() throws Exception {
        try (HttpServer server = HttpServer.start(
                HttpSettings.of("127.0.0.1", 0),
                Keys.notNeeded(),
                List.of(new HealthResource(Map.of(), () -> true), new Slow()),
                List.of(),
                RequestListener.NONE)) {
            RawHttp raw = new RawHttp(server.uri());
            List<Socket> clients = new ArrayList<>();
            try {
                for (int i = 0; i < REQUESTS; i++) {
                    clients.add(request(raw));
                }
                Eventually.await("all threads are held", () -> {
                    clients.add(request(raw)); // an earlier one may have been refused
                    return isBusy(raw);
                });

                for (int i = 0; i < REQUESTS; i++) {
                    assertThat(raw.send("", "GET /health/live HTTP/1.1").status())
                            .isEqualTo(200);
                }
            } finally {
                end.countDown();
                for (Socket client : clients) {
                    client.close();
                }
            }
            Eventually.await("other requests are served again", () -> !isBusy(raw));
        }
    }

    private static boolean isBusy(RawHttp raw) throws IOException {
        RawHttp.Answer answer = raw.send("", "GET /nothing HTTP/1.1");
        assertThat(answer.header("Retry-After")).isEqualTo(answer.status() == 503 ? "1" : "");
        return answer.status() == 503;
    }

    private static Socket request(RawHttp raw) throws IOException {
        Socket socket = raw.connect();
        socket.getOutputStream()
                .write("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** A resource that answers at the end of the test. */
    @Path("slow")
    public final class Slow {

        /** Waits for the end of the test. */
        @GET
        public String get() throws InterruptedException {
            end.await();
            return "at last";
        }
    }
}
