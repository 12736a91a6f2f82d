package io.tradeops.app.access;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Gives a request that a trusted proxy sent the address, scheme and host that its client used. Any other request stays
 * as it was sent. Unlike Jetty's own customizer it refuses no request for what a header has. Thread-safe.
 */
public final class ForwardedCustomizer implements HttpConfiguration.Customizer {

    private final TrustedProxies proxies;

    /** Trusts the headers of these proxies. */
    public ForwardedCustomizer(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable answer) {
        ConnectionMetaData connection = request.getConnectionMetaData();
        if (!proxies.includes(connection.getRemoteSocketAddress())) {
            return request;
        }
        Forwarding told = Forwarding.of(request.getHeaders(), proxies);
        HttpURI.Mutable uri = HttpURI.build(request.getHttpURI());
        told.authority().ifPresent(uri::authority);
        if (uri.hasAuthority()) {
            told.scheme().ifPresent(uri::scheme);
        }
        SocketAddress client = told.client()
                .<SocketAddress>map(address -> new InetSocketAddress(address, 0))
                .orElseGet(connection::getRemoteSocketAddress);
        HttpFields headers = told.authority()
                .<HttpFields>map(host -> HttpFields.build(request.getHeaders()).put(HttpHeader.HOST, host))
                .orElseGet(request::getHeaders);
        return new Forwarded(request, uri.asImmutable(), headers, new ForClient(connection, client));
    }

    /** A request as its client sent it. */
    private static final class Forwarded extends Request.Wrapper {

        private final HttpURI uri;
        private final HttpFields headers;
        private final ConnectionMetaData connection;

        Forwarded(Request request, HttpURI uri, HttpFields headers, ConnectionMetaData connection) {
            super(request);
            this.uri = uri;
            this.headers = headers;
            this.connection = connection;
        }

        @Override
        public HttpURI getHttpURI() {
            return uri;
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }

        @Override
        public ConnectionMetaData getConnectionMetaData() {
            return connection;
        }

        @Override
        public boolean isSecure() {
            return "https".equals(uri.getScheme());
        }
    }

    /** A connection that has the address of the client in place of the proxy's. */
    private static final class ForClient extends ConnectionMetaData.Wrapper {

        private final SocketAddress client;

        ForClient(ConnectionMetaData connection, SocketAddress client) {
            super(connection);
            this.client = client;
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return client;
        }
    }
}
