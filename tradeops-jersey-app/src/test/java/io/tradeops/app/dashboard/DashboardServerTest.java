package io.tradeops.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.app.http.HttpSettings;
import io.tradeops.jobs.dashboard.JobDashboard;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.storage.InMemoryStorageProvider;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Access to the dashboard. The requests are plain text, since HTTP clients don't let a test choose {@code Host}. */
class DashboardServerTest {

    private static final DashboardSettings OPEN = new DashboardSettings(0, "", "");
    private static final DashboardSettings PROTECTED = new DashboardSettings(0, "desk", "pässword");
    private static final int TIMEOUT_MILLIS = 10_000;

    private final InMemoryStorageProvider storage = new InMemoryStorageProvider();

    @SuppressWarnings("NullAway.Init") // start() sets it
    private DashboardServer dashboard;

    @AfterEach
    void stop() {
        dashboard.close();
        storage.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]"})
    void withoutAPasswordItAnswersLoopbackNames(String name) throws Exception {
        start(OPEN);

        assertThat(get("/dashboard", "Host: " + name + ":" + port())).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rebound.example", "localhost.rebound.example", "127.0.0.1.rebound.example", "10.0.0.1"})
    void withoutAPasswordItRefusesNamesThatAreNotLoopback(String name) throws Exception {
        start(OPEN);

        assertThat(get("/dashboard", "Host: " + name + ":" + port())).startsWith("HTTP/1.1 403");
        assertThat(get("/api/jobs?state=ENQUEUED", "Host: " + name)).startsWith("HTTP/1.1 403");
    }

    @Test
    void withoutAPasswordItListensOnLoopbackOnly() throws Exception {
        start(OPEN);
        Optional<InetAddress> outer = outerAddress();
        Assumptions.assumeTrue(outer.isPresent(), "this machine has a loopback address only");

        assertThatThrownBy(() -> connect(outer.orElseThrow()).close()).isInstanceOf(ConnectException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 401",
        "desk:wrong, 401",
        "desk:, 401",
        "desk:pässwordx, 401",
        "admin:pässword, 401",
        "pässword, 401",
        "desk:pässword, 200"
    })
    void withAPasswordItRequiresThePassword(String credentials, int status) throws Exception {
        start(PROTECTED);
        assertThat(get("/dashboard", "Host: tradeops.example", credentials(credentials)))
                .startsWith("HTTP/1.1 " + status);
    }

    @Test
    void passwordsAreNotComparedAfterTooManyWrongOnes() throws Exception {
        start(PROTECTED);
        for (int i = 0; i < 10; i++) {
            assertThat(getAs("desk:wrong" + i)).startsWith("HTTP/1.1 401");
        }

        assertThat(getAs("desk:wrong")).startsWith("HTTP/1.1 429").containsPattern("Retry-After: [1-5]\n");
        assertThat(getAs("desk:pässword")).startsWith("HTTP/1.1 429");
        assertThat(get("/dashboard", "Host: localhost")).startsWith("HTTP/1.1 401");
    }

    @Test
    void rightPasswordFromAnotherAddressIsAccepted() throws Exception {
        start(PROTECTED);
        for (int i = 0; i < 11; i++) {
            getAs("desk:wrong");
        }

        try (Socket other = new Socket()) {
            Assumptions.assumeTrue(isBound(other), "this machine has one loopback address");
            other.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), TIMEOUT_MILLIS);
            assertThat(get(other, "/dashboard", "Host: localhost", credentials("desk:pässword")))
                    .startsWith("HTTP/1.1 200");
        }
    }

    private static boolean isBound(Socket socket) {
        try {
            socket.bind(new InetSocketAddress("127.0.0.2", 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String getAs(String credentials) throws IOException {
        return get("/dashboard", "Host: localhost", credentials(credentials));
    }

    private static String credentials(String text) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void withAPasswordEveryPathRequiresBasicAuthentication() throws Exception {
        start(PROTECTED);

        for (String path :
                new String[] {"/", "/dashboard", "/dashboard/overview", "/api/jobs?state=ENQUEUED", "/sse"}) {
            assertThat(get(path, "Host: localhost")).as(path).startsWith("HTTP/1.1 401");
        }
        assertThat(get("/dashboard", "Host: localhost", "Authorization: Basic %%%"))
                .startsWith("HTTP/1.1 401");
        assertThat(get("/dashboard", "Host: localhost", "Authorization: Bearer x"))
                .startsWith("HTTP/1.1 401");
        assertThat(get("/dashboard", "Host: localhost")).containsIgnoringCase("www-authenticate: Basic realm=");
    }

    @ParameterizedTest
    @CsvSource({
        "http://elsewhere.example, 403",
        "http://localhost:1, 403",
        "null, 403",
        "not a URI, 403",
        "http://localhost:PORT, 200"
    })
    void requestOfAnotherSitesPageIsRefused(String origin, int status) throws Exception {
        start(OPEN);
        String own = origin.replace("PORT", String.valueOf(port()));

        assertThat(get("/api/jobs?state=ENQUEUED", "Host: localhost:" + port(), "Origin: " + own))
                .startsWith("HTTP/1.1 " + status);
    }

    @Test
    void pageMayCallThisServerOnly() throws Exception {
        start(OPEN);

        assertThat(get("/dashboard", "Host: localhost"))
                .containsIgnoringCase("content-security-policy: connect-src 'self'; frame-ancestors 'none'");
    }

    @Test
    void portInUseIsNamed() throws IOException {
        start(OPEN);
        DashboardSettings same = new DashboardSettings(port(), "", "");

        assertThatThrownBy(() -> DashboardServer.start(
                        same, HttpSettings.of("127.0.0.1", 0), new JobDashboard(storage, new JacksonJsonMapper(false))))
                .hasMessageContaining(String.valueOf(port()));
    }

    private void start(DashboardSettings settings) throws IOException {
        JacksonJsonMapper mapper = new JacksonJsonMapper(false);
        storage.setJobMapper(new JobMapper(mapper));
        dashboard = DashboardServer.start(settings, HttpSettings.of("127.0.0.1", 0), new JobDashboard(storage, mapper));
    }

    private int port() {
        return dashboard.uri().getPort();
    }

    /** Status line and headers of the answer. */
    private String get(String path, String... headers) throws IOException {
        return get(connect(InetAddress.getLoopbackAddress()), path, headers);
    }

    private static String get(Socket connected, String path, String... headers) throws IOException {
        try (Socket socket = connected;
                Writer out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8);
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            out.write("GET " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n");
            out.flush();
            StringBuilder head = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                head.append(line).append('\n');
            }
            return head.toString();
        }
    }

    private Socket connect(InetAddress address) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(address, port()), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private static Optional<InetAddress> outerAddress() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findAny();
    }
}
