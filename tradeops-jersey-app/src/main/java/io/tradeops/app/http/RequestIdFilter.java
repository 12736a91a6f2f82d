package io.tradeops.app.http;

import io.tradeops.app.rest.Problem;
import io.tradeops.app.rest.ProblemException;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * Passes the request's id to Jersey and its answer, in place of an id that the client sent. Also checks {@code Accept}:
 * a malformed one gets 400, and the others are put into the form that Jersey understands. Thread-safe.
 */
@PreMatching
final class RequestIdFilter implements ContainerRequestFilter, ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        request.getHeaders()
                .putSingle(Problem.REQUEST_ID_HEADER, String.valueOf(request.getProperty(Answers.REQUEST_ID)));
        if (request.getHeaders().containsKey(HttpHeaders.ACCEPT)) {
            request.getHeaders().putSingle(HttpHeaders.ACCEPT, accepted(request));
        }
    }

    private static String accepted(ContainerRequestContext request) {
        try {
            String accepted = AcceptedTypes.of(request.getAcceptableMediaTypes());
            if (accepted.isEmpty()) {
                throw new NotAcceptableException();
            }
            return accepted;
        } catch (ProcessingException e) {
            throw ProblemException.unreadable("Accept is malformed"); // Jersey's own answer has no body
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle(Problem.REQUEST_ID_HEADER, request.getHeaderString(Problem.REQUEST_ID_HEADER));
    }
}
