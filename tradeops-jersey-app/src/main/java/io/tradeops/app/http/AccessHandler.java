package io.tradeops.app.http;

import io.tradeops.app.access.Access;
import io.tradeops.app.access.BearerKey;
import io.tradeops.app.access.Caller;
import io.tradeops.app.access.KeyCheck;
import io.tradeops.app.access.Keys;
import io.tradeops.app.access.Network;
import io.tradeops.app.access.RateLimiter;
import io.tradeops.app.access.Scope;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Checks the key and the rate limit of each request. A missing or invalid key gets 401, a missing scope 403. A key that
 * can't be checked gets 503. A caller over its limit gets 429; the limit is per key, or per address without a key.
 * Liveness, readiness and the server's own clients have no limit. A key from an address that has sent many wrong ones
 * gets 429, too.
 *
 * <p>Health, the page and the documentation are public. A WebSocket upgrade without a key passes, because browsers
 * can't send one with an upgrade; the endpoint checks the key. Thread-safe.
 */
final class AccessHandler extends Handler.Wrapper {

    /** Matched with the whole raw path, so no encoded, dotted or parameterised path passes as public. */
    private static final Pattern PUBLIC_PATHS =
            Pattern.compile("/|/health(/[a-z]+)?/?|/openapi\\.json/?|/[A-Za-z0-9_-]+\\.(css|js|svg)"
                    + "|/(docs|assets)(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?");

    private static final String RETRY_SECONDS = "2";

    private final Keys keys;
    private final RateLimiter limiter;
    private final boolean limitsOpenAccess;
    private final Set<String> endpoints;

    /**
     * A handler that checks keys and limits before {@code next}.
     *
     * @param limitsOpenAccess whether the limit also holds while no keys are needed
     * @param endpoints the paths of WebSocket endpoints
     */
    AccessHandler(Keys keys, RateLimiter limiter, boolean limitsOpenAccess, Set<String> endpoints, Handler next) {
        super(next);
        this.keys = keys;
        this.limiter = limiter;
        this.limitsOpenAccess = limitsOpenAccess;
        this.endpoints = endpoints;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String key = BearerKey.of(request.getHeaders().get(HttpHeader.AUTHORIZATION));
        String address = Network.of(request.getConnectionMetaData().getRemoteSocketAddress());
        KeyCheck check = keys.check(key, address);
        Access access = check.access();
        String client = access.isKnown() ? "key " + access.client() : "address " + address;
        boolean limited = (limitsOpenAccess || !access.equals(Access.OPEN))
                && !access.equals(Access.OWN)
                && !Probes.isWithoutLimit(request);
        if (limited && !limiter.admit(client, response.getHeaders())) {
            return Answers.refuse(request, response, callback, 429, "too many requests: " + limiter.describe());
        }
        Scope needed = SafeMethods.isUsedBy(request) ? Scope.READ : Scope.WRITE;
        if (access.allows(needed) || isPublic(request, key)) {
            Caller.note(request, access, () -> keys.access(key).allows(needed));
            return super.handle(request, response, callback);
        }
        if (!key.isEmpty() && !keys.areCurrent()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
            return Answers.refuse(request, response, callback, 503, "keys can't be checked at the moment; try again");
        }
        if (access.isKnown()) {
            response.getHeaders()
                    .put(
                            HttpHeader.WWW_AUTHENTICATE,
                            "Bearer realm=\"tradeops\", error=\"insufficient_scope\", scope=\"" + needed.wireName()
                                    + "\"");
            return Answers.refuse(request, response, callback, 403, "this key lacks the scope " + needed.wireName());
        }
        if (check.isRefused()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, check.delay().toSeconds());
            return Answers.refuse(request, response, callback, 429, "too many wrong keys from this address");
        }
        response.getHeaders()
                .put(
                        HttpHeader.WWW_AUTHENTICATE,
                        "Bearer realm=\"tradeops\"" + (key.isEmpty() ? "" : ", error=\"invalid_token\""));
        return Answers.refuse(
                request,
                response,
                callback,
                401,
                key.isEmpty()
                        ? "a key is needed, sent as Authorization: Bearer KEY; tradeops keys create makes one"
                        : "this key is unknown, revoked or expired");
    }

    private boolean isPublic(Request request, String key) {
        String path = request.getHttpURI().getPath();
        if (path == null || !SafeMethods.isUsedBy(request)) {
            return false;
        }
        return PUBLIC_PATHS.matcher(path).matches() || (key.isEmpty() && endpoints.contains(path));
    }
}
