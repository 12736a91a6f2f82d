package io.tradeops.app.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the errors that Jetty raises outside Jersey as problem+json. Thread-safe. */
final class ProblemErrorHandler extends ErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemErrorHandler.class);

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Object cause = request.getAttribute(ERROR_EXCEPTION);
        int status = isGone(cause) ? HttpStatus.BAD_REQUEST_400 : status(response.getStatus());
        response.setStatus(status);
        if (status >= 500 && cause instanceof Throwable thrown) {
            log.error("request {} failed", Answers.requestId(request), thrown);
        }
        if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "2");
        }
        Answers.prepare(request, response);
        Object message = isGone(cause) ? "the request ended early" : request.getAttribute(ERROR_MESSAGE);
        Answers.writeProblem(request, response, callback, status, detail(status, message));
        return true;
    }

    /** A client that closes its connection early is not a fault of the server; nobody gets this answer. */
    private static boolean isGone(@Nullable Object cause) {
        return cause instanceof EofException;
    }

    /** A method or an HTTP version that Jetty doesn't support is the client's error, not the server's. */
    private static int status(int status) {
        return status == HttpStatus.NOT_IMPLEMENTED_501 || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505
                ? HttpStatus.BAD_REQUEST_400
                : status;
    }

    private static String detail(int status, @Nullable Object message) {
        return status < 500 && message != null ? message.toString() : HttpStatus.getMessage(status);
    }
}
