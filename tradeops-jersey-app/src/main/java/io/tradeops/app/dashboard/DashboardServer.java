package io.tradeops.app.dashboard;

import com.sun.net.httpserver.HttpServer;
import io.tradeops.jobs.dashboard.JobDashboard;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves the job dashboard on a port of its own, on loopback unless a password is set. Thread-safe. */
public final class DashboardServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads;
    private final JobDashboard dashboard;

    private DashboardServer(HttpServer server, ExecutorService threads, JobDashboard dashboard) {
        this.server = server;
        this.threads = threads;
        this.dashboard = dashboard;
    }

    /**
     * Starts serving a dashboard, which is closed with the server.
     *
     * @throws IOException if the server can't listen on the address; the message names it
     */
    public static DashboardServer start(DashboardSettings settings, JobDashboard dashboard) throws IOException {
        InetSocketAddress address = settings.address();
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new IOException(
                    "dashboard can't listen on " + address + ": " + e.getMessage()
                            + "; set TRADEOPS_DASHBOARD_PORT to a free port",
                    e);
        }
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "job-dashboard");
            thread.setDaemon(true);
            return thread;
        });
        server.createContext("/", dashboard).getFilters().add(new DashboardFilter(settings));
        server.setExecutor(threads);
        server.start();
        return new DashboardServer(server, threads, dashboard);
    }

    /** The address of the dashboard's page. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + JobDashboard.PATH);
    }

    /** Ends the streams, and stops serving. */
    @Override
    public void close() {
        dashboard.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
