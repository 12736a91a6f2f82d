package io.tradeops.app.http;

import io.tradeops.app.rest.LongAnswer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Begins long answers once Jersey, which would end them, is through with the request. The answer to a HEAD tells no length
 * where that to a GET, which isn't kept until its end is known, tells none. Thread-safe.
 */
final class LongAnswerFilter extends HttpFilter {

    private static final String LENGTH = "Content-Length";
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
        if (request.getAttribute(LongAnswer.ATTRIBUTE) instanceof LongAnswer answer
                && response.getStatus() == HttpServletResponse.SC_OK) {
            response.setHeader(LENGTH, null); // Jersey took it for an answer without content
            if (request.getMethod().equals("GET")) {
                AsyncContext async = request.startAsync();
                async.setTimeout(0);
                answer.begin(async);
            }
        }
        if (request.getMethod().equals("HEAD")) {
            endWithoutLength(response);
        }
    }

    /** An answer that ends before its head is sent would be told to have no content. */
    private static void endWithoutLength(HttpServletResponse response) throws IOException {
        if (response.getContentType() != null && response.getHeader(LENGTH) == null) {
            response.flushBuffer();
        }
    }
}
