package io.tradeops.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.RawHttp;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What clients of the dashboard that are slow, silent or gone can cost. */
class DashboardLimitsIT {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final int CLIENTS = 300;
    private static final int MOST_THREADS = 50;

    /** The largest of the page's files. */
    private static final String LARGE_FILE = "/dashboard/static/js/async/318.64ce600e73.js";

    private final List<Socket> clients = new ArrayList<>();
    private final TestDashboard dashboard = TestDashboard.withPassword();

    @AfterEach
    void stop() throws Exception {
        for (Socket client : clients) {
            client.close();
        }
        dashboard.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // silent
                "GET /dashboard HTTP/1.1\r\nHost: lo", // half a head
                "POST /api/jobs/1/requeue HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{", // half a body
                "POST /api/jobs/1/requeue HTTP/1.1\r\nHost: localhost\r\nPASSWORD\r\nContent-Length: 1000\r\n\r\n{",
                "GET /dashboard HTTP/1.1\r\nHost: localhost\r\nPASSWORD\r\nX: ",
                "GET FILE HTTP/1.1\r\nHost: localhost\r\nPASSWORD\r\n\r\nGET FILE HTTP/1.1\r\nHost: localhost\r\n"
                        + "PASSWORD\r\n\r\n", // answers that are not read
                "GET /sse/jobstats HTTP/1.1\r\nHost: localhost\r\nPASSWORD\r\n\r\n"
            })
    @SuppressWarnings("StringConcatToTextBlock") // lines of HTTP end in CR LF
    void slowAndSilentConnectionsHoldFewThreads(String request) throws Exception {
        dashboard.get("/dashboard");
        int before = THREADS.getThreadCount();
        THREADS.resetPeakThreadCount();

        for (int i = 0; i < CLIENTS; i++) {
            send(request.replace("PASSWORD", TestDashboard.PASSWORD_HEADER).replace("FILE", LARGE_FILE));
        }
        for (int i = 0; i < 5; i++) {
            assertThat(dashboard.get("/api/servers").status()).isEqualTo(200);
        }

        assertThat(THREADS.getPeakThreadCount() - before).isLessThanOrEqualTo(MOST_THREADS);
    }

    @Test
    void requestThatDoesNotArriveIsAnsweredAndClosed() throws Exception {
        Socket client = send("GET /dashboard HTTP/1.1\r\nHost: localhost\r\nX: ");
        client.setSoTimeout(30_000);

        assertThat(RawHttp.read(client).status()).isEqualTo(408);
    }

    @Test
    void abortedConnectionLogsNoStackTrace() throws Exception {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        logged.start();
        root.addAppender(logged);
        try {
            String password = "\r\nHost: localhost\r\n" + TestDashboard.PASSWORD_HEADER + "\r\n";
            for (String request : List.of(
                    "GET " + LARGE_FILE + " HTTP/1.1" + password + "\r\n",
                    "GET /api/servers HTTP/1.1" + password + "\r\n",
                    "GET /sse/jobstats HTTP/1.1" + password + "\r\n",
                    "GET /dashboard HTTP/1.1" + password + "X: ",
                    "POST /api/jobs/1/requeue HTTP/1.1" + password + "Content-Length: 1000\r\n\r\n{",
                    "POST /api/jobs/1/requeue HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{")) {
                for (int i = 0; i < 10; i++) {
                    Socket client = send(request);
                    if (i % 2 == 0) {
                        client.setSoLinger(true, 0); // resets the connection
                    }
                    client.close();
                }
            }
            assertThat(dashboard.get("/dashboard").status()).isEqualTo(200);
            dashboard.close();
        } finally {
            root.detachAppender(logged);
        }
        assertThat(logged.list).hasSizeLessThanOrEqualTo(1);
        assertThat(logged.list)
                .allSatisfy(line -> assertThat(line.getThrowableProxy()).isNull());
    }

    @Test
    void streamsAreLimitedAndDeadOnesGiveTheirPlaceBack() throws Exception {
        List<Socket> streams = new ArrayList<>();
        for (int i = 0; i < DashboardHandler.MAX_STREAMS; i++) {
            streams.add(send(stream()));
            assertThat(firstLine(streams.get(i))).contains(" 200 ");
        }
        RawHttp.Answer refused = dashboard.send(stream());
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isNotEmpty();

        for (Socket client : streams) {
            client.close();
        }
        Eventually.await("a stream is open again", () -> {
            Socket client = send(stream());
            boolean open = firstLine(client).contains(" 200 ");
            client.close();
            return open;
        });
    }

    private static String stream() {
        return "GET /sse/jobstats HTTP/1.1\r\nHost: localhost\r\n" + TestDashboard.PASSWORD_HEADER + "\r\n\r\n";
    }

    private static String firstLine(Socket client) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = client.getInputStream().read(); next != '\n' && next >= 0; ) {
            line.append((char) next);
            next = client.getInputStream().read();
        }
        return line.toString();
    }

    private Socket send(String bytes) throws IOException {
        Socket client = dashboard.connect();
        clients.add(client);
        client.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
        return client;
    }
}
