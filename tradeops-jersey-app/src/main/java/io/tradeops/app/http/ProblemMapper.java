package io.tradeops.app.http;

import io.tradeops.app.db.Causes;
import io.tradeops.app.db.DatabaseUnavailableException;
import io.tradeops.app.rest.InputError;
import io.tradeops.app.rest.Problem;
import io.tradeops.app.rest.ProblemException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;
import org.glassfish.jersey.message.internal.HeaderValueException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns any exception of a resource into problem+json, and logs those that the caller did not cause. Thread-safe. */
final class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger log = LoggerFactory.getLogger(ProblemMapper.class);

    private final RequestListener listener;

    @Context
    private UriInfo uri;

    @Context
    private HttpHeaders headers;

    @Context
    private Request request;

    ProblemMapper(RequestListener listener) {
        this.listener = listener;
    }

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof ProblemException problem) {
            return answer(problem);
        }
        if (thrown instanceof DatabaseUnavailableException) {
            log.warn("request {}: {}", requestId(), Causes.rootMessage(thrown));
            return answer(ProblemException.unavailable("the database is not available; try again", thrown));
        }
        if (thrown instanceof WebApplicationException web) {
            return answer(web);
        }
        if (thrown instanceof HeaderValueException) { // when Jersey parsed it for a resource
            return builder(400, "a header is malformed: " + thrown.getMessage(), List.of(), 0)
                    .build();
        }
        log.error("request {} failed", requestId(), thrown);
        return builder(500, "the server failed; the log has request " + requestId(), List.of(), 0)
                .build();
    }

    private Response answer(ProblemException problem) {
        Response.ResponseBuilder builder =
                builder(problem.status(), String.valueOf(problem.getMessage()), problem.errors(), problem.errorCount());
        problem.headers().forEach(builder::header);
        problem.errors().forEach(error -> listener.onInputError(error.code()));
        return builder.build();
    }

    /** Jersey's own errors: no such path, method or media type. */
    private Response answer(WebApplicationException web) {
        int status = web.getResponse().getStatus();
        Response.ResponseBuilder builder = builder(status, detail(status), List.of(), 0);
        String allow = web.getResponse().getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? builder.build()
                : builder.header(HttpHeaders.ALLOW, withHead(allow)).build();
    }

    /** Jersey serves HEAD from GET, but does not list it. */
    private static String withHead(String allow) {
        Set<String> methods = new LinkedHashSet<>(List.of(allow.split(", *")));
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        return String.join(", ", methods);
    }

    private String detail(int status) {
        String path = uri.getRequestUri().getPath();
        return switch (status) {
            case 404 -> "there is no resource at " + path;
            case 405 -> request.getMethod() + " is not allowed at " + path;
            case 406 -> path + " is not available as " + headers.getHeaderString(HttpHeaders.ACCEPT);
            case 415 -> path + " does not take " + headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
            default -> HttpStatus.getMessage(status);
        };
    }

    private Response.ResponseBuilder builder(int status, String detail, List<InputError> errors, int errorCount) {
        Problem problem = new Problem(
                "about:blank",
                HttpStatus.getMessage(status),
                status,
                detail,
                uri.getRequestUri().getRawPath(),
                requestId(),
                errors.isEmpty() ? null : errors,
                errors.isEmpty() ? null : errorCount);
        return Response.status(status).type(Problem.MEDIA_TYPE).entity(problem);
    }

    private String requestId() {
        return String.valueOf(headers.getHeaderString(Problem.REQUEST_ID_HEADER));
    }
}
