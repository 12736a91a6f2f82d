package io.tradeops.app.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Begins long answers once Jersey, which would end them, is through with the request. Thread-safe. */
final class LongAnswerFilter extends HttpFilter {

    static final String ATTRIBUTE = "io.tradeops.long-answer";

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
        if (request.getAttribute(ATTRIBUTE) instanceof LongAnswer answer
                && response.getStatus() == HttpServletResponse.SC_OK
                && request.getMethod().equals("GET")) {
            response.setHeader("Content-Length", null); // Jersey took it for an answer without content
            AsyncContext async = request.startAsync();
            async.setTimeout(0);
            answer.begin(async);
        }
    }
}
