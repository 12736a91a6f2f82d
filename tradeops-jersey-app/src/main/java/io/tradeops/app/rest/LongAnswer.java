package io.tradeops.app.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** An answer that goes on after a resource's method has returned, without a thread that waits for it. */
@FunctionalInterface
public interface LongAnswer {

    /** The request's attribute that holds it. */
    String ATTRIBUTE = "io.tradeops.long-answer";

    /** Goes on; status and headers are set. */
    void begin(AsyncContext answer) throws IOException;

    /** Lets the answer to a GET, for which the resource gives no entity, go on like this if it is a 200. */
    static void continueWith(HttpServletRequest request, LongAnswer answer) {
        request.setAttribute(ATTRIBUTE, answer);
    }
}
