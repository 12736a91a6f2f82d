package io.tradeops.jobs.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;
import org.jobrunr.dashboard.JobRunrApiHandler;
import org.jobrunr.dashboard.JobRunrSseHandler;
import org.jobrunr.dashboard.JobRunrStaticFileHandler;
import org.jobrunr.dashboard.server.HttpExchangeHandler;
import org.jobrunr.dashboard.server.http.RedirectHttpHandler;
import org.jobrunr.dashboard.server.http.handlers.ExceptionHandler;
import org.jobrunr.dashboard.server.sse.SseExchange;
import org.jobrunr.jobs.states.IllegalJobStateChangeException;
import org.jobrunr.storage.ConcurrentJobModificationException;
import org.jobrunr.storage.StorageException;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JobRunr's dashboard without its web server, which binds all interfaces: the page, its API and its streams of events.
 * It opens no port and checks no password; its caller does. Thread-safe.
 */
public final class JobDashboard implements HttpHandler, AutoCloseable {

    /** The page's path. */
    public static final String PATH = "/dashboard";

    /** The attribute of an exchange with the {@code Runnable} that ends its stream, for when the client is gone. */
    public static final String STREAM = "io.tradeops.jobs.stream";

    private static final Logger log = LoggerFactory.getLogger(JobDashboard.class);

    private static final String API = "/api";
    private static final String STREAMS = "/sse";
    private static final Pattern KNOWN_STREAMS = Pattern.compile("/sse/(jobstats|servers|jobs/[0-9A-Fa-f-]{36})");

    /** The page asks for 20 jobs at a time. JobRunr holds all that are asked for in memory. */
    private static final int MOST_JOBS = 100;

    private static final Pattern LIMIT = Pattern.compile("(?:^|&)limit=([^&]*)");
    private static final Pattern SMALL_NUMBER = Pattern.compile("\\d{1,3}");

    private final HttpExchangeHandler start = new RedirectHttpHandler("/", PATH);
    private final HttpExchangeHandler page = new JobRunrStaticFileHandler();
    private final HttpExchangeHandler api;
    private final HttpExchangeHandler streams;

    /** The dashboard of the jobs in a storage. */
    public JobDashboard(StorageProvider storage, JsonMapper jsonMapper) {
        api = api(storage, jsonMapper);
        streams = new Streams(storage, jsonMapper);
    }

    /** Whether a request opens a stream of events, which lasts until the client or the dashboard ends it. */
    public static boolean isStream(URI uri) {
        return isBelow(STREAMS, String.valueOf(uri.getPath()));
    }

    /** Whether a request asks the database. */
    public static boolean isQuery(URI uri) {
        return isBelow(API, String.valueOf(uri.getPath()));
    }

    /** Answers a request. A path that is not the dashboard's is redirected to the page. */
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String path = String.valueOf(exchange.getRequestURI().getPath());
        if (path.contains("/..")) {
            exchange.sendResponseHeaders(404, -1);
        } else if (isBelow(API, path)) {
            handleApi(exchange);
        } else if (isBelow(STREAMS, path)) {
            handleStream(exchange, path);
        } else if (isAllowed(exchange, "GET", "HEAD")) {
            (isBelow(PATH, path) ? page : start).handle(exchange);
        }
    }

    /** Ends the streams. */
    @Override
    public void close() {
        streams.close();
    }

    private void handleApi(HttpExchange exchange) throws IOException {
        if (!isAllowed(exchange, "GET", "HEAD", "POST", "DELETE")) {
            return;
        }
        if (asksForTooMuch(exchange.getRequestURI().getRawQuery())) {
            exchange.sendResponseHeaders(400, -1);
        } else {
            api.handle(exchange);
        }
    }

    private void handleStream(HttpExchange exchange, String path) throws IOException {
        if (!isAllowed(exchange, "GET")) {
            return;
        }
        if (KNOWN_STREAMS.matcher(path).matches()) {
            streams.handle(exchange);
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
    }

    private static boolean isAllowed(HttpExchange exchange, String... methods) throws IOException {
        if (Set.of(methods).contains(exchange.getRequestMethod())) {
            return true;
        }
        exchange.getResponseHeaders().set("Allow", String.join(", ", methods));
        exchange.sendResponseHeaders(405, -1);
        return false;
    }

    private static boolean asksForTooMuch(@Nullable String query) {
        return query != null
                && LIMIT.matcher(query)
                        .results()
                        .map(found -> found.group(1))
                        .anyMatch(
                                limit -> !SMALL_NUMBER.matcher(limit).matches() || Integer.parseInt(limit) > MOST_JOBS);
    }

    private static boolean isBelow(String context, String path) {
        return path.equals(context) || path.startsWith(context + "/");
    }

    /** JobRunr answers exceptions that it does not know with their stack trace and 500. */
    private static JobRunrApiHandler api(StorageProvider storage, JsonMapper jsonMapper) {
        JobRunrApiHandler api = new JobRunrApiHandler(storage, jsonMapper, false);
        api.withExceptionMapping(IllegalArgumentException.class, status(400));
        api.withExceptionMapping(NumberFormatException.class, status(400));
        api.withExceptionMapping(IllegalJobStateChangeException.class, status(409));
        api.withExceptionMapping(ConcurrentJobModificationException.class, status(409));
        api.withExceptionMapping(StorageException.class, status(503));
        return api;
    }

    private static ExceptionHandler status(int status) {
        return (thrown, response) -> {
            log.debug("the dashboard's request failed", thrown);
            response.statusCode(status);
        };
    }

    /** Lets a stream end whose client is gone. JobRunr notices that only when it sends an event. */
    private static final class Streams extends JobRunrSseHandler {

        Streams(StorageProvider storage, JsonMapper jsonMapper) {
            super(storage, jsonMapper);
        }

        @Override
        protected SseExchange createSseExchange(HttpExchange exchange) throws IOException {
            SseExchange stream = super.createSseExchange(exchange);
            Runnable end = stream::close;
            exchange.setAttribute(STREAM, end);
            return stream;
        }
    }
}
