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
 * @param errors the errors of a request that could be parsed, of a body the first 100; null for other problems
 * @param errorCount how many errors there are; null for problems without {@code errors}
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String requestId,
        @Nullable List<InputError> errors,
        @Nullable Integer errorCount) {

    /** The media type of problems. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The header with the request's id, which every answer has. */
    public static final String REQUEST_ID_HEADER = "X-Request-Id";
}
