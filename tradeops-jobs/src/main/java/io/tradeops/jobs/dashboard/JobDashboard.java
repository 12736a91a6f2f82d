package io.tradeops.jobs.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
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
 * JobRunr's dashboard without its web server, which binds all interfaces: the page, its API and its streams of events.
 * It opens no port and checks no password; its caller does. Thread-safe.
 */
public final class JobDashboard implements HttpHandler, AutoCloseable {

    /** The page's path. */
    public static final String PATH = "/dashboard";

    private static final Logger log = LoggerFactory.getLogger(JobDashboard.class);

    private final HttpExchangeHandler start = new RedirectHttpHandler("/", PATH);
    private final List<HttpExchangeHandler> parts;

    /** The dashboard of the jobs in a storage. */
    public JobDashboard(StorageProvider storage, JsonMapper jsonMapper) {
        parts = List.of(
                new JobRunrStaticFileHandler(),
                new JobRunrApiHandler(storage, jsonMapper, false),
                new JobRunrSseHandler(storage, jsonMapper));
    }

    /** Answers a request. A path that is not the dashboard's is redirected to the page. */
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        part(exchange.getRequestURI().getPath()).handle(exchange);
    }

    /** Ends the streams. */
    @Override
    public void close() {
        parts.forEach(JobDashboard::closeQuietly);
    }

    private HttpExchangeHandler part(String path) {
        return parts.stream()
                .filter(part -> path.equals(part.getContextPath()) || path.startsWith(part.getContextPath() + "/"))
                .findFirst()
                .orElse(start);
    }

    private static void closeQuietly(HttpExchangeHandler part) {
        try {
            part.close();
        } catch (RuntimeException e) {
            log.debug("a dashboard stream did not close: {}", e.getMessage());
        }
    }
}
