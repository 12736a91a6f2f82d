package io.tradeops.app.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Jetty raises before or beside Jersey, as problem+json. Thread-safe. */
final class ProblemErrorHandler extends ErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemErrorHandler.class);

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        String requestId = RequestRecorder.requestId(request);
        Object cause = request.getAttribute(ERROR_EXCEPTION);
        if (status >= 500 && cause instanceof Throwable thrown) {
            log.error("request {} failed", requestId, thrown);
        }
        Problem problem = new Problem(
                "about:blank",
                HttpStatus.getMessage(status),
                status,
                detail(status, request.getAttribute(ERROR_MESSAGE)),
                path(request),
                requestId,
                null);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.getHeaders().put(RequestIdFilter.HEADER, requestId);
        response.write(true, ByteBuffer.wrap(bytes(problem)), callback);
        return true;
    }

    private static String detail(int status, @Nullable Object message) {
        return status < 500 && message != null ? message.toString() : HttpStatus.getMessage(status);
    }

    private static String path(Request request) {
        String path = request.getHttpURI().getPath();
        return path == null ? "" : path;
    }

    private static byte[] bytes(Problem problem) {
        try {
            return Json.mapper().writeValueAsBytes(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always JSON", e);
        }
    }
}
