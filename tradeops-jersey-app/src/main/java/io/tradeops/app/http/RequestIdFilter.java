package io.tradeops.app.http;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;

/** Refuses an {@code Accept} that can't be read; hands a request's id, in place of any that the client sent, to Jersey and to its answer. Thread-safe. */
@PreMatching
final class RequestIdFilter implements ContainerRequestFilter, ContainerResponseFilter {

    static final String HEADER = "X-Request-Id";

    @Override
    public void filter(ContainerRequestContext request) {
        request.getHeaders().putSingle(HEADER, String.valueOf(request.getProperty(Answers.REQUEST_ID)));
        try {
            request.getAcceptableMediaTypes();
        } catch (ProcessingException e) {
            throw ProblemException.unreadable("Accept can't be read"); // Jersey's own answer has no body
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle(HEADER, request.getHeaderString(HEADER));
    }
}
