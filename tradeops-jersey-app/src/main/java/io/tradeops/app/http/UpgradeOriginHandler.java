package io.tradeops.app.http;

import java.net.URI;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses a browser's WebSocket upgrade from a page of another origin with 403; who is no browser sends no
 * {@code Origin}. Thread-safe.
 */
final class UpgradeOriginHandler extends Handler.Wrapper {

    UpgradeOriginHandler(Handler next) {
        super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        boolean upgrade = "websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeader.UPGRADE));
        if (upgrade && origin != null && !isSame(origin, request.getHeaders().get(HttpHeader.HOST))) {
            Response.writeError(request, response, callback, 403, "origin " + origin + " may not connect");
            return true;
        }
        return super.handle(request, response, callback);
    }

    private static boolean isSame(String origin, String host) {
        try {
            return Objects.equals(URI.create(origin).getAuthority(), host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
