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
 * Begins long answers after Jersey has finished with the request, because Jersey would end them. An answer to HEAD has
 * no {@code Content-Length} if the answer to GET, which is streamed, has none. Thread-safe.
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
            response.setHeader(LENGTH, null); // Jersey set 0, as for an answer without content
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

    /** Sends the head before the answer ends; else Jetty would add {@code Content-Length: 0}. */
    private static void endWithoutLength(HttpServletResponse response) throws IOException {
        if (response.getContentType() != null && response.getHeader(LENGTH) == null) {
            response.flushBuffer();
        }
    }
}
