package io.tradeops.app.dashboard;

import io.tradeops.app.http.HandlerServer;
import io.tradeops.app.http.HttpSettings;
import io.tradeops.jobs.dashboard.JobDashboard;
import io.tradeops.jobs.thread.WatchedLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import org.eclipse.jetty.server.Handler;

/**
 * Serves the job dashboard on a port of its own, on loopback unless a password is set. It has the limits of the HTTP
 * server, and few threads. Thread-safe.
 */
public final class DashboardServer implements AutoCloseable {

    private static final int THREADS = 20;

    private final HandlerServer server;
    private final JobDashboard dashboard;

    private DashboardServer(HandlerServer server, JobDashboard dashboard) {
        this.server = server;
        this.dashboard = dashboard;
    }

    /**
     * Starts serving a dashboard, which is closed with the server.
     *
     * @param limits the limits; their address is not used
     * @throws IOException if the server can't listen on the address; the message names it
     */
    public static DashboardServer start(DashboardSettings settings, HttpSettings limits, JobDashboard dashboard)
            throws IOException {
        Handler access = new DashboardAccess(settings, new DashboardHandler(dashboard));
        HttpSettings own = limits.at(settings.address().getAddress().getHostAddress(), settings.port());
        try {
            return new DashboardServer(HandlerServer.start("job-dashboard", own, THREADS, access), dashboard);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; set TRADEOPS_DASHBOARD_PORT to a free port", e);
        }
    }

    /** The threads beside Jetty's own. */
    public List<WatchedLoop> loops() {
        return server.loops();
    }

    /** The address of the dashboard's page. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.port() + JobDashboard.PATH);
    }

    /** Ends the streams, and stops serving. */
    @Override
    public void close() {
        dashboard.close();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
