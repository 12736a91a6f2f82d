package io.tradeops.app.http;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

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
}
