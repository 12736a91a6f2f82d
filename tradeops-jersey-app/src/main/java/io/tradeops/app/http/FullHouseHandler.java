package io.tradeops.app.http;

import io.tradeops.app.access.Caller;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Serves probes and the server's own clients on connections that are over a limit, and refuses other requests there with
 * 429 or 503. Such a connection closes after its answer, unless it is the server's own. Thread-safe.
 */
final class FullHouseHandler extends Handler.Wrapper {

    private final ConnectionPlaces places;

    FullHouseHandler(ConnectionPlaces places, Handler next) {
        super(next);
        this.places = places;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        ConnectionPlaces.Over over = places.over(endPoint);
        if (over == ConnectionPlaces.Over.NONE) {
            return super.handle(request, response, callback);
        }
        if (Caller.isOwn(request)) {
            places.keep(endPoint);
            return super.handle(request, response, callback);
        }
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        if (Probes.isOne(request)) {
            return super.handle(request, response, callback);
        }
        response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        return over == ConnectionPlaces.Over.ADDRESS
                ? Answers.refuse(request, response, callback, 429, "too many connections from this address")
                : Answers.refuse(request, response, callback, 503, "the server has no free connection; try again");
    }
}
