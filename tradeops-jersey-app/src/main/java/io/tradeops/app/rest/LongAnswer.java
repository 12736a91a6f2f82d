package io.tradeops.app.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** An answer that continues after the resource method has returned, and holds no thread. */
@FunctionalInterface
public interface LongAnswer {

    /** The request's attribute that holds the long answer. */
    String ATTRIBUTE = "io.tradeops.long-answer";

    /** Begins to write. Status and headers are set. The implementation ends {@code answer}. */
    void begin(AsyncContext answer) throws IOException;

    /**
     * Continues the answer to a request with a long answer, if the method was GET, the status is 200 and there is no
     * entity.
     */
    static void continueWith(HttpServletRequest request, LongAnswer answer) {
        request.setAttribute(ATTRIBUTE, answer);
    }
}
