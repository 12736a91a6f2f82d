package io.tradeops.app.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as a problem document (RFC 9457). Immutable.
 *
 * @param type a URI reference; {@code about:blank} if the status is enough
 * @param title the status in words
 * @param status the HTTP status
 * @param detail what went wrong, naming the value
 * @param instance the request's path
 * @param requestId finds the request in the log
 * @param errors each error of a request that could be parsed; null for other problems
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String requestId,
        @Nullable List<InputError> errors) {

    /** The media type of problems. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The header with the request's id, which every answer has. */
    public static final String REQUEST_ID_HEADER = "X-Request-Id";
}
