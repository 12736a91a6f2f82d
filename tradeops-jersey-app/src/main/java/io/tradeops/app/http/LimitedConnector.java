package io.tradeops.app.http;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connector whose connections have places and count what they send. It never stops to accept, so probes get an
 * answer. Thread-safe.
 */
final class LimitedConnector extends ServerConnector {

    private final ConnectionPlaces places;

    LimitedConnector(Server server, HttpConnectionFactory http, ConnectionPlaces places) {
        super(server, http);
        this.places = places;
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint endPoint = new MeasuredEndPoint(channel, selector, key, getScheduler());
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    @Override
    protected void onEndPointOpened(EndPoint endPoint) {
        super.onEndPointOpened(endPoint);
        places.open(endPoint);
    }

    @Override
    protected void onEndPointClosed(EndPoint endPoint) {
        places.close(endPoint);
        super.onEndPointClosed(endPoint);
    }

    /** A connection that counts the bytes that it sends. Thread-safe. */
    static final class MeasuredEndPoint extends SocketChannelEndPoint {

        private static final Logger log = LoggerFactory.getLogger(MeasuredEndPoint.class);

        private final AtomicLong sent = new AtomicLong();

        MeasuredEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
            super(channel, selector, key, scheduler);
        }

        /** How many bytes the client, or the network on its behalf, has taken. */
        long sent() {
            return sent.get();
        }

        /** Whether the server waits until the client takes more bytes. */
        boolean isBlocked() {
            return getWriteFlusher().isPending();
        }

        /** Closes the connection so that the client does not take the part of an answer for the whole. */
        void cut() {
            try {
                getChannel().setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                log.debug("{} is closed already", getRemoteSocketAddress(), e);
            }
            close();
        }

        @Override
        public boolean flush(ByteBuffer... buffers) throws IOException {
            long before = remaining(buffers);
            try {
                return super.flush(buffers);
            } finally {
                sent.addAndGet(before - remaining(buffers));
            }
        }

        private static long remaining(ByteBuffer... buffers) {
            long sum = 0;
            for (ByteBuffer buffer : buffers) {
                sum += buffer.remaining();
            }
            return sum;
        }
    }
}
