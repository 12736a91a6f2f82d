package io.tradeops.app.http;

import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * Adds the request's id to the lines that are logged during a request. Reports each request that has ended to the
 * listener and the access log, also requests that reached no resource. Thread-safe.
 */
final class RequestRecorder extends Handler.Wrapper implements RequestLog {

    /** The request's attribute that holds the template of the resource that answers it. */
    static final String ROUTE = "io.tradeops.route";

    /** The name of the request's id in log lines. */
    static final String LOGGED_ID = "request_id";

    private static final Logger log = LoggerFactory.getLogger("io.tradeops.access");

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    private final RequestListener listener;
    private final Set<String> endpoints;

    /** A recorder; {@code endpoints} are the paths of WebSocket endpoints, which are their own routes. */
    RequestRecorder(RequestListener listener, Set<String> endpoints, Handler next) {
        super(next);
        this.listener = listener;
        this.endpoints = Set.copyOf(endpoints);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        MDC.put(LOGGED_ID, Answers.requestId(request));
        try {
            return super.handle(request, response, callback);
        } finally {
            MDC.remove(LOGGED_ID);
        }
    }

    @Override
    public void log(Request request, Response response) {
        int status = response.getStatus();
        long nanos = System.nanoTime() - request.getBeginNanoTime();
        String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "other";
        listener.onRequest(method, route(request), status, nanos);
        if (status >= 500 ? log.isWarnEnabled() : log.isInfoEnabled()) {
            writeLine(request, status, nanos);
        }
    }

    /** Logs the path without its query, which may hold secrets. Jetty has refused control characters before. */
    private static void writeLine(Request request, int status, long nanos) {
        MDC.put(LOGGED_ID, Answers.requestId(request));
        try {
            log.atLevel(status >= 500 ? Level.WARN : Level.INFO)
                    .log(
                            "{} {} {} {} ms from {}",
                            request.getMethod(),
                            path(request),
                            status,
                            nanos / 1_000_000.0,
                            Request.getRemoteAddr(request));
        } finally {
            MDC.remove(LOGGED_ID);
        }
    }

    private String route(Request request) {
        if (request.getAttribute(ROUTE) instanceof String route) {
            return route;
        }
        String path = path(request);
        return endpoints.contains(path) ? withoutSlash(path) : "unmatched";
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static String path(Request request) {
        String path = request.getHttpURI().getPath();
        return path == null ? "" : path;
    }
}
