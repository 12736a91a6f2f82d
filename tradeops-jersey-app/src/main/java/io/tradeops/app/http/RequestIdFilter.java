package io.tradeops.app.http;

import io.tradeops.app.rest.Problem;
import io.tradeops.app.rest.ProblemException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Passes the request's id to Jersey and its answer, in place of an id that the client sent. Also checks {@code Accept}:
 * a malformed one gets 400, and parameters are removed, because Jersey would copy them to the answer's type.
 * Thread-safe.
 */
@PreMatching
final class RequestIdFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String QUALITY = "q";

    @Override
    public void filter(ContainerRequestContext request) {
        request.getHeaders()
                .putSingle(Problem.REQUEST_ID_HEADER, String.valueOf(request.getProperty(Answers.REQUEST_ID)));
        try {
            List<MediaType> accepted = request.getAcceptableMediaTypes();
            if (accepted.stream().anyMatch(range -> !range.getParameters().isEmpty())) {
                request.getHeaders()
                        .putSingle(
                                HttpHeaders.ACCEPT,
                                accepted.stream()
                                        .map(RequestIdFilter::withoutParameters)
                                        .collect(Collectors.joining(", ")));
            }
        } catch (ProcessingException e) {
            throw ProblemException.unreadable("Accept is malformed"); // Jersey's own answer has no body
        }
    }

    private static String withoutParameters(MediaType range) {
        String quality = range.getParameters().get(QUALITY);
        return range.getType() + "/" + range.getSubtype() + (quality == null ? "" : ";q=" + quality);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle(Problem.REQUEST_ID_HEADER, request.getHeaderString(Problem.REQUEST_ID_HEADER));
    }
}
