package io.tradeops.app.http;

import io.tradeops.app.access.Caller;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Reserves some threads for probes and the server's own clients. Clients that read or send slowly may hold all other
 * threads; further requests get 503. Thread-safe.
 */
final class ReserveHandler extends Handler.Wrapper {

    private final Semaphore threads;

    /** A handler that lets other requests hold at most {@code threads} threads. */
    ReserveHandler(int threads, Handler next) {
        super(next);
        this.threads = new Semaphore(threads);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (Probes.isOne(request) || Caller.isOwn(request)) {
            return super.handle(request, response, callback);
        }
        if (!threads.tryAcquire()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
            return Answers.refuse(
                    request, response, callback, 503, "the server is busy with other requests; try again");
        }
        try {
            return super.handle(request, response, callback);
        } finally {
            threads.release();
        }
    }
}
