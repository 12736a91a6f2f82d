package io.tradeops.app.http;

import io.tradeops.app.access.Caller;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Reserves some threads for probes and the server's own clients, and a few for the metrics. Clients that read or send
 * slowly may hold all other threads; further requests get 503. Thread-safe.
 */
final class ReserveHandler extends Handler.Wrapper {

    private static final int METRICS_THREADS = 4;

    private final Semaphore metrics = new Semaphore(METRICS_THREADS);
    private final Semaphore threads;

    /** A handler that lets requests other than those hold at most {@code threads} threads. */
    ReserveHandler(int threads, Handler next) {
        super(next);
        this.threads = new Semaphore(threads);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (Probes.isWithoutLimit(request) || Caller.isOwn(request)) {
            return super.handle(request, response, callback);
        }
        Semaphore free = Probes.isOne(request) ? metrics : threads;
        if (!free.tryAcquire()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
            return Answers.refuse(
                    request, response, callback, 503, "the server is busy with other requests; try again");
        }
        try {
            return super.handle(request, response, callback);
        } finally {
            free.release();
        }
    }
}
