package io.tradeops.app.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 has it. Immutable.
 *
 * @param type a URI reference; {@code about:blank} where the status says it all
 * @param title the status in words
 * @param status the HTTP status
 * @param detail what went wrong, naming the value
 * @param instance the request's path
 * @param requestId finds the request in the log
 * @param errors each violation of a request that could be parsed; none for other problems
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String requestId,
        @Nullable List<InputError> errors) {

    /** The type of a body that is a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The header of every answer that holds the request's id. */
    public static final String REQUEST_ID_HEADER = "X-Request-Id";
}
