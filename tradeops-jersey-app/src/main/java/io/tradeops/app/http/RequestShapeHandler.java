package io.tradeops.app.http;

import io.tradeops.app.rest.BodyReader;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Refuses requests that no resource accepts: tunnels, long queries, large or compressed bodies. Thread-safe. */
final class RequestShapeHandler extends Handler.Wrapper {

    static final int MAX_QUERY_CHARS = 8_000;

    RequestShapeHandler(Handler next) {
        super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getMethod().equals(HttpMethod.CONNECT.asString())) { // its target is a host, not a resource
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD, POST, OPTIONS");
            return Answers.refuse(request, response, callback, 405, "CONNECT is not supported");
        }
        HttpURI uri = request.getHttpURI();
        if (uri.getQuery() != null && uri.getQuery().length() > MAX_QUERY_CHARS) {
            return Answers.refuse(
                    request, response, callback, 414, "the query must have at most " + MAX_QUERY_CHARS + " characters");
        }
        if (uri.getPath() != null && uri.getPath().indexOf(';') >= 0) {
            return Answers.refuse(request, response, callback, 400, "the path must have no parameters (;)");
        }
        return handleBody(request, response, callback);
    }

    private boolean handleBody(Request request, Response response, Callback callback) throws Exception {
        HttpFields headers = request.getHeaders();
        String transfer = headers.get(HttpHeader.TRANSFER_ENCODING);
        if (transfer != null && !transfer.equalsIgnoreCase("chunked")) {
            return Answers.refuse(request, response, callback, 400, "Transfer-Encoding must be chunked");
        }
        if (headers.getValuesList(HttpHeader.CONTENT_TYPE).size() > 1) {
            return Answers.refuse(request, response, callback, 400, "Content-Type must be given once");
        }
        if (!isMediaType(headers.get(HttpHeader.CONTENT_TYPE))) {
            return Answers.refuse(request, response, callback, 400, "Content-Type is not a media type");
        }
        if (!headers.getCSV(HttpHeader.CONTENT_ENCODING, false).stream().allMatch("identity"::equalsIgnoreCase)) {
            response.getHeaders().put(HttpHeader.ACCEPT_ENCODING, "identity");
            return Answers.refuse(request, response, callback, 415, "the body must not be compressed");
        }
        if (request.getLength() > BodyReader.LARGEST_BODY) {
            return Answers.refuse(
                    request,
                    response,
                    callback,
                    413,
                    "the body must have at most " + BodyReader.LARGEST_BODY + " bytes");
        }
        return super.handle(request, response, callback);
    }

    /** Checked here because Jersey's answer to a malformed type has no body. */
    private static boolean isMediaType(@Nullable String type) {
        try {
            return type == null || type.equals(MediaType.APPLICATION_JSON) || MediaType.valueOf(type) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
