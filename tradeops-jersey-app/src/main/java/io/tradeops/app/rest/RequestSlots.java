package io.tradeops.app.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/** RequestSlots for requests that hold a thread for as long as their client pleases. Thread-safe. */
public final class RequestSlots {

    private final int count;
    private final String what;
    private final Semaphore free;

    /** So many.
     *
     * @param what they are for, as in "16 exports" */
    public RequestSlots(int count, String what) {
        this.count = count;
        this.what = what;
        this.free = new Semaphore(count);
    }

    /** Gives a request a place until it is answered whole, or its connection is gone.
     *
     * @throws ProblemException 503 if all are taken */
    public void takeFor(HttpServletRequest request) {
        if (!free.tryAcquire()) {
            throw ProblemException.busy("the server has " + count + " " + what + " at a time; try again");
        }
        Request.addCompletionListener(
                ServletContextRequest.getServletContextRequest(request), failure -> free.release());
    }
}
