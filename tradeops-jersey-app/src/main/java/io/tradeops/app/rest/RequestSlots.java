package io.tradeops.app.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/** Limits requests that hold a thread for as long as their client reads. Thread-safe. */
public final class RequestSlots {

    private final int count;
    private final String what;
    private final Semaphore free;

    /**
     * A number of slots.
     *
     * @param what the requests, for the message of a refusal: "exports"
     */
    public RequestSlots(int count, String what) {
        this.count = count;
        this.what = what;
        this.free = new Semaphore(count);
    }

    /**
     * Takes a slot for a request, until its answer ends or its connection closes.
     *
     * @throws ProblemException 503 if no slot is free
     */
    public void takeFor(HttpServletRequest request) {
        if (!free.tryAcquire()) {
            throw ProblemException.busy("the server serves at most " + count + " " + what + " at a time; try again");
        }
        Request.addCompletionListener(
                ServletContextRequest.getServletContextRequest(request), failure -> free.release());
    }
}
