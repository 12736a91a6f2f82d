package io.tradeops.app.rest;

import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Watches the connection of an answer that continues without a thread. The server reads nothing while an answer is
 * being written, so it would notice a client that has gone only when a write fails. The answer must have {@code
 * Connection: close}, because what the client sends meanwhile is not read as a request. Thread-safe.
 */
public final class ConnectionWatch implements Callback {

    private final EndPoint endPoint;
    private final Runnable onGone;

    private ConnectionWatch(EndPoint endPoint, Runnable onGone) {
        this.endPoint = endPoint;
        this.onGone = onGone;
    }

    /** Calls {@code onGone} once if the client closes the connection or sends anything more. */
    public static void start(ServletRequest request, Runnable onGone) {
        EndPoint endPoint = ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        endPoint.tryFillInterested(new ConnectionWatch(endPoint, onGone));
    }

    @Override
    public void succeeded() {
        ByteBuffer one = BufferUtil.allocate(1);
        try {
            if (endPoint.fill(one) != 0) {
                onGone.run();
            } else {
                endPoint.tryFillInterested(this);
            }
        } catch (IOException e) {
            onGone.run();
        }
    }

    @Override
    public void failed(Throwable failure) {
        onGone.run();
    }
}
