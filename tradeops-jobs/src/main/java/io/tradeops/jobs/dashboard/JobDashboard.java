package io.tradeops.jobs.dashboard;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jobrunr.dashboard.JobRunrApiHandler;
import org.jobrunr.dashboard.JobRunrSseHandler;
import org.jobrunr.dashboard.JobRunrStaticFileHandler;
import org.jobrunr.dashboard.server.HttpExchangeHandler;
import org.jobrunr.dashboard.server.http.RedirectHttpHandler;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JobRunr's dashboard in a web server of our own. JobRunr's own server binds all interfaces; this one binds loopback
 * unless a password is set. Thread-safe.
 */
public final class JobDashboard implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JobDashboard.class);

    private final HttpServer server;
    private final ExecutorService threads;
    private final List<HttpExchangeHandler> handlers;

    private JobDashboard(HttpServer server, ExecutorService threads, List<HttpExchangeHandler> handlers) {
        this.server = server;
        this.threads = threads;
        this.handlers = handlers;
    }

    /**
     * Starts the dashboard.
     *
     * @throws UncheckedIOException if it can't listen on the address, naming it
     */
    public static JobDashboard start(StorageProvider storage, JsonMapper jsonMapper, JobDashboardSettings settings) {
        InetSocketAddress address = settings.address();
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "dashboard can't listen on " + address + ": " + e.getMessage()
                            + "; set TRADEOPS_DASHBOARD_PORT to a free port",
                    e);
        }
        List<HttpExchangeHandler> handlers = List.of(
                new RedirectHttpHandler("/", "/dashboard"),
                new JobRunrStaticFileHandler(),
                new JobRunrApiHandler(storage, jsonMapper, false),
                new JobRunrSseHandler(storage, jsonMapper));
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "job-dashboard");
            thread.setDaemon(true);
            return thread;
        });
        JobDashboardFilter filter = new JobDashboardFilter(settings);
        for (HttpExchangeHandler handler : handlers) {
            server.createContext(handler.getContextPath(), handler).getFilters().add(filter);
        }
        server.setExecutor(threads);
        server.start();
        return new JobDashboard(server, threads, handlers);
    }

    /** The address of the dashboard's page. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/dashboard");
    }

    /** Stops serving. */
    @Override
    public void close() {
        handlers.forEach(JobDashboard::closeQuietly);
        server.stop(0);
        threads.shutdownNow();
    }

    private static void closeQuietly(HttpExchangeHandler handler) {
        try {
            handler.close();
        } catch (Exception e) {
            log.debug("a dashboard stream did not close: {}", e.getMessage());
        }
    }
}
