package io.tradeops.app.http;

import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Refuses what no resource takes: other methods, long queries, large or compressed bodies. Thread-safe. */
final class RequestShapeHandler extends Handler.Wrapper {

    /** Room for a batch of 10,000 trades with every field at its longest. */
    static final long MAX_BODY_BYTES = 16 << 20;

    static final int MAX_QUERY_CHARS = 8_000;

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE");

    RequestShapeHandler(Handler next) {
        super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpURI uri = request.getHttpURI();
        if (!METHODS.contains(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD, POST, OPTIONS");
            return Answers.refuse(request, response, callback, 405, request.getMethod() + " is not allowed here");
        }
        if (uri.getQuery() != null && uri.getQuery().length() > MAX_QUERY_CHARS) {
            return Answers.refuse(
                    request, response, callback, 414, "a query has at most " + MAX_QUERY_CHARS + " characters");
        }
        if (uri.getPath() != null && uri.getPath().indexOf(';') >= 0) {
            return Answers.refuse(request, response, callback, 400, "a path has no parameters here");
        }
        if (!isPlain(request.getHeaders().get(HttpHeader.CONTENT_ENCODING))) {
            response.getHeaders().put(HttpHeader.ACCEPT_ENCODING, "identity");
            return Answers.refuse(request, response, callback, 415, "a body must not be compressed");
        }
        if (request.getLength() > MAX_BODY_BYTES) {
            return Answers.refuse(request, response, callback, 413, "a body has at most " + MAX_BODY_BYTES + " bytes");
        }
        return super.handle(request, response, callback);
    }

    private static boolean isPlain(@Nullable String encoding) {
        return encoding == null || encoding.isBlank() || encoding.equalsIgnoreCase("identity");
    }
}
