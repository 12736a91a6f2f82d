package io.tradeops.app.http;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem+json answer. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<InputError> errors;
    private final transient Map<String, String> headers;

    private ProblemException(
            int status,
            String detail,
            List<InputError> errors,
            Map<String, String> headers,
            @Nullable Throwable cause) {
        super(detail, cause);
        this.status = status;
        this.errors = List.copyOf(errors);
        this.headers = Map.copyOf(headers);
    }

    /** 400: the request can't be parsed. */
    public static ProblemException unreadable(String detail) {
        return new ProblemException(400, detail, List.of(), Map.of(), null);
    }

    /** 422: the request was parsed, and this is all that is wrong with it. */
    public static ProblemException invalid(List<InputError> errors) {
        String detail = errors.size() == 1 ? errors.get(0).detail() : errors.size() + " values are invalid";
        return new ProblemException(422, detail, errors, Map.of(), null);
    }

    /** 404: there is no such thing. */
    public static ProblemException notFound(String detail) {
        return new ProblemException(404, detail, List.of(), Map.of(), null);
    }

    /** 409: it is there already, at {@code location}. */
    public static ProblemException exists(String detail, URI location) {
        return new ProblemException(409, detail, List.of(), Map.of("Location", location.toString()), null);
    }

    /** 413: the body is larger than allowed. */
    public static ProblemException tooLarge(String detail) {
        return new ProblemException(413, detail, List.of(), Map.of(), null);
    }

    /** 503: a part is away; try again later. */
    public static ProblemException unavailable(String detail, Throwable cause) {
        return new ProblemException(503, detail, List.of(), Map.of("Retry-After", "2"), cause);
    }

    /** 503: as many as can be served are being served; try again later. */
    public static ProblemException busy(String detail) {
        return new ProblemException(503, detail, List.of(), Map.of("Retry-After", "10"), null);
    }

    int status() {
        return status;
    }

    List<InputError> errors() {
        return errors;
    }

    Map<String, String> headers() {
        return headers;
    }
}
