package io.tradeops.app.rest;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem+json answer. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<InputError> errors;
    private final int errorCount;
    private final transient Map<String, String> headers;

    private ProblemException(
            int status,
            String detail,
            List<InputError> errors,
            int errorCount,
            Map<String, String> headers,
            @Nullable Throwable cause) {
        super(detail, cause);
        this.status = status;
        this.errors = List.copyOf(errors);
        this.errorCount = errorCount;
        this.headers = Map.copyOf(headers);
    }

    /** 400: the request is not parseable. */
    public static ProblemException unreadable(String detail) {
        return new ProblemException(400, detail, List.of(), 0, Map.of(), null);
    }

    /** 422: the request was parsed, and {@code errors} are all its errors. */
    public static ProblemException invalid(List<InputError> errors) {
        return invalid(errors, errors.size());
    }

    /** 422 likewise, where {@code errors} are the first of {@code total}. */
    public static ProblemException invalid(List<InputError> errors, int total) {
        String detail = total == 1 ? errors.get(0).detail() : total + " values are invalid" + listed(errors, total);
        return new ProblemException(422, detail, errors, total, Map.of(), null);
    }

    /** 404: no such resource. */
    public static ProblemException notFound(String detail) {
        return new ProblemException(404, detail, List.of(), 0, Map.of(), null);
    }

    /** 409: it is stored already, at {@code location}. */
    public static ProblemException exists(String detail, URI location) {
        return new ProblemException(409, detail, List.of(), 0, Map.of("Location", location.toString()), null);
    }

    /** 409: {@code total} parts of the request are stored already, the first of them at {@code location}. */
    public static ProblemException exist(String detail, List<InputError> errors, int total, URI location) {
        return new ProblemException(
                409, detail + listed(errors, total), errors, total, Map.of("Location", location.toString()), null);
    }

    /** 409: {@code total} parts of the request contradict others. */
    public static ProblemException contradictory(String detail, List<InputError> errors, int total) {
        return new ProblemException(409, detail + listed(errors, total), errors, total, Map.of(), null);
    }

    /** 409: the first copy of this request is still in flight; try again. */
    public static ProblemException inFlight(String detail) {
        return new ProblemException(409, detail, List.of(), 0, Map.of("Retry-After", "1"), null);
    }

    /** 415: the body's type or encoding is not supported. */
    public static ProblemException unsupportedType(String detail) {
        return new ProblemException(415, detail, List.of(), 0, Map.of(), null);
    }

    /** 422: the header does not match this request. */
    public static ProblemException mismatch(String detail) {
        return new ProblemException(422, detail, List.of(), 0, Map.of(), null);
    }

    /** 426: the path serves only WebSocket clients. */
    public static ProblemException upgradeRequired(String detail) {
        return new ProblemException(
                426, detail, List.of(), 0, Map.of("Upgrade", "websocket", "Connection", "Upgrade"), null);
    }

    /** 429: the client has as many of these at a time as it may; try again once one has ended. */
    public static ProblemException tooMany(String detail) {
        return new ProblemException(429, detail, List.of(), 0, Map.of("Retry-After", "1"), null);
    }

    /** 503: the server serves no more requests of this kind at a time; try again later. */
    public static ProblemException busy(String detail) {
        return new ProblemException(503, detail, List.of(), 0, Map.of("Retry-After", "1"), null);
    }

    /** 502: the stored source of the answer has a wrong format. */
    public static ProblemException badSource(String detail, Throwable cause) {
        return new ProblemException(502, detail, List.of(), 0, Map.of(), cause);
    }

    /** 412: the resource is not the version that the request's precondition names. */
    public static ProblemException preconditionFailed(String detail) {
        return new ProblemException(412, detail, List.of(), 0, Map.of(), null);
    }

    /** 413: the body is larger than allowed. */
    public static ProblemException tooLarge(String detail) {
        return new ProblemException(413, detail, List.of(), 0, Map.of(), null);
    }

    /** 503: a part such as the database is unavailable; try again later. */
    public static ProblemException unavailable(String detail, Throwable cause) {
        return new ProblemException(503, detail, List.of(), 0, Map.of("Retry-After", "2"), cause);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The errors of a 409 or a 422; empty for other problems. */
    public List<InputError> errors() {
        return errors;
    }

    /** How many errors there are; {@link #errors()} may have only the first of them. */
    public int errorCount() {
        return errorCount;
    }

    private static String listed(List<InputError> errors, int total) {
        return errors.size() == total ? "" : "; the first " + errors.size() + " are listed";
    }

    /** Headers that the answer has beside the usual ones. */
    public Map<String, String> headers() {
        return headers;
    }
}
