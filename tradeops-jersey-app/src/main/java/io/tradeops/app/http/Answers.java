package io.tradeops.app.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tradeops.app.rest.BodyReader;
import io.tradeops.app.rest.Json;
import io.tradeops.app.rest.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** The headers of every answer, and problems that are written without Jersey. Static functions; thread-safe. */
public final class Answers {

    /** The request's attribute that holds its id. */
    static final String REQUEST_ID = "io.tradeops.request-id";

    /** {@code data:} is for the small pictures in the style sheets of Swagger UI and uPlot. */
    private static final String POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /** The path that Jetty sets if it can't parse the request line. */
    private static final String UNREADABLE = "/badMessage";

    private static final HttpField[] SECURITY_HEADERS = {
        new PreEncodedHttpField("Content-Security-Policy", POLICY),
        new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
        new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
        new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
        new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin"),
        new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store")
    };

    private Answers() {}

    /** Sets the security headers for browsers, and the request's id. */
    static void prepare(Request request, Response response) {
        HttpFields.Mutable headers = response.getHeaders();
        for (HttpField field : SECURITY_HEADERS) {
            headers.put(field);
        }
        headers.put(Problem.REQUEST_ID_HEADER, requestId(request));
    }

    /** The id of a request; the first call creates it. */
    static String requestId(Request request) {
        if (request.getAttribute(REQUEST_ID) instanceof String known) {
            return known;
        }
        String id = UUID.randomUUID().toString();
        request.setAttribute(REQUEST_ID, id);
        return id;
    }

    /**
     * Ends a request with a problem; headers that were set before stay. Reads the rest of the body first, unless it is
     * large.
     *
     * @return true, for handlers to return
     */
    public static boolean refuse(Request request, Response response, Callback callback, int status, String detail) {
        response.setStatus(status);
        Runnable answer = () -> writeProblem(request, response, callback, status, detail);
        if (isWorthReading(request)) {
            Content.Source.consumeAll(request, Callback.from(answer, thrown -> answer.run()));
        } else {
            answer.run();
        }
        return true;
    }

    /** A client that is still sending its body when the connection closes does not see the answer. */
    private static boolean isWorthReading(Request request) {
        return request.getLength() > 0
                && request.getLength() <= BodyReader.LARGEST_BODY
                && !request.getHeaders().contains(HttpHeader.EXPECT);
    }

    /** Writes a problem as the whole answer; the status is set already. */
    static void writeProblem(Request request, Response response, Callback callback, int status, String detail) {
        Problem problem = new Problem(
                "about:blank",
                HttpStatus.getMessage(status),
                status,
                detail,
                path(request),
                requestId(request),
                null,
                null);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.write(true, ByteBuffer.wrap(bytes(problem)), callback);
    }

    /** A whole 408 answer, for a connection that is closed after it. */
    static ByteBuffer timeout() {
        int status = HttpStatus.REQUEST_TIMEOUT_408;
        String id = UUID.randomUUID().toString();
        byte[] problem = bytes(new Problem(
                "about:blank",
                HttpStatus.getMessage(status),
                status,
                "the request took too long to arrive",
                "",
                id,
                null,
                null));
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " " + HttpStatus.getMessage(status) + "\r\n");
        for (HttpField field : SECURITY_HEADERS) {
            head.append(field).append("\r\n");
        }
        head.append(Problem.REQUEST_ID_HEADER + ": ").append(id).append("\r\n");
        head.append("Content-Type: " + Problem.MEDIA_TYPE + "\r\nContent-Length: ")
                .append(problem.length);
        head.append("\r\nConnection: close\r\n\r\n");
        return BufferUtil.toBuffer(head + new String(problem, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static String path(Request request) {
        String path = request.getHttpURI().getPath();
        return path == null || path.equals(UNREADABLE) ? "" : path;
    }

    private static byte[] bytes(Problem problem) {
        try {
            return Json.mapper().writeValueAsBytes(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem can always be written as JSON", e);
        }
    }
}
