package io.tradeops.app.dashboard;

import io.tradeops.app.http.HttpSettings;
import io.tradeops.app.support.RawHttp;
import io.tradeops.jobs.dashboard.JobDashboard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.storage.InMemoryStorageProvider;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;

/** A dashboard of jobs in memory, on a free port, and requests to it. Thread-safe. */
final class TestDashboard implements AutoCloseable {

    /** The header with the right password. */
    static final String PASSWORD_HEADER = "Authorization: Basic "
            + Base64.getEncoder().encodeToString("desk:pässword".getBytes(StandardCharsets.UTF_8));

    private static final int TIMEOUT_MILLIS = 10_000;

    private final InMemoryStorageProvider storage = new InMemoryStorageProvider();
    private final DashboardServer server;

    private TestDashboard(DashboardSettings settings) {
        JacksonJsonMapper mapper = new JacksonJsonMapper(false);
        storage.setJobMapper(new JobMapper(mapper));
        try {
            server =
                    DashboardServer.start(settings, HttpSettings.of("127.0.0.1", 0), new JobDashboard(storage, mapper));
        } catch (IOException e) {
            storage.close();
            throw new UncheckedIOException(e);
        }
    }

    /** A dashboard without a password. */
    static TestDashboard open() {
        return new TestDashboard(new DashboardSettings(0, "", ""));
    }

    /** A dashboard with a password. */
    static TestDashboard withPassword() {
        return new TestDashboard(new DashboardSettings(0, "desk", "pässword"));
    }

    int port() {
        return server.uri().getPort();
    }

    InMemoryStorageProvider storage() {
        return storage;
    }

    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    /** Requests a path, with the password. */
    RawHttp.Answer get(String path) throws IOException {
        return send(
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + PASSWORD_HEADER + "\r\nConnection: close\r\n\r\n");
    }

    /** Sends a request, and reads until the server closes. */
    RawHttp.Answer send(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return RawHttp.read(socket);
        }
    }

    @Override
    public void close() {
        server.close();
        storage.close();
    }
}
