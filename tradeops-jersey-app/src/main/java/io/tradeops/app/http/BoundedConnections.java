package io.tradeops.app.http;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Makes connections whose requests have at most {@value #MAX_FIELDS} header fields, because a field of four bytes takes
 * a hundred in memory. Jetty limits only the bytes. Thread-safe.
 */
final class BoundedConnections extends HttpConnectionFactory {

    static final int MAX_FIELDS = 100;

    BoundedConnections(HttpConfiguration configuration) {
        super(configuration);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        HttpConnection connection = new BoundedConnection(getHttpConfiguration(), connector, endPoint);
        connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
        return configure(connection, connector, endPoint);
    }

    private static final class BoundedConnection extends HttpConnection {

        BoundedConnection(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
            super(configuration, connector, endPoint);
        }

        @Override
        protected RequestHandler newRequestHandler() {
            return new FieldCounter();
        }

        private final class FieldCounter extends RequestHandler {

            private int fields;

            @Override
            public void startRequest(String method, String uri, HttpVersion version) {
                fields = 0;
                super.startRequest(method, uri, version);
            }

            @Override
            public void parsedHeader(HttpField field) {
                requireFew();
                super.parsedHeader(field);
            }

            @Override
            public void parsedTrailer(HttpField field) {
                requireFew();
                super.parsedTrailer(field);
            }

            private void requireFew() {
                fields++;
                if (fields > MAX_FIELDS) {
                    throw new HttpException.RuntimeException(
                            HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431,
                            "a request must have at most " + MAX_FIELDS + " header fields");
                }
            }
        }
    }
}
