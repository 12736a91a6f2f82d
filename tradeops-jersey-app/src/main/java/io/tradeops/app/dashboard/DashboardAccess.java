package io.tradeops.app.dashboard;

import io.tradeops.app.access.GuessBrake;
import io.tradeops.app.access.Network;
import io.tradeops.app.http.Answers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Protects the dashboard. With a password, it requires basic authentication. Without one, it accepts loopback host
 * names only, so that a page elsewhere can't reach it by a host name of its own. It refuses requests of other sites'
 * pages, and lets the dashboard's page connect to this server only. An address with many wrong passwords has to wait.
 * Thread-safe.
 */
final class DashboardAccess extends Handler.Wrapper {

    /** JobRunr adds a policy for scripts; a browser obeys both. */
    private static final String POLICY = "connect-src 'self'; frame-ancestors 'none'";

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");

    /** There is one user. */
    private static final String USER = "";

    private final GuessBrake brake = new GuessBrake();
    private final byte[] credentials;
    private final boolean passwordRequired;

    DashboardAccess(DashboardSettings settings, Handler next) {
        super(next);
        this.passwordRequired = !settings.password().isEmpty();
        this.credentials = (settings.user() + ":" + settings.password()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        response.getHeaders().put("Content-Security-Policy", POLICY);
        if (passwordRequired && isRefused(request, response, callback)) {
            return true;
        }
        String host = request.getHttpURI().getAuthority();
        if (!passwordRequired && !isLoopback(host)) {
            return Answers.refuse(
                    request, response, callback, 403, "without a password, Host must be a loopback address");
        }
        if (isFromAnotherSite(request, host)) {
            return Answers.refuse(request, response, callback, 403, "pages of other sites may not use the dashboard");
        }
        if (hasBody(request.getHeaders())) {
            return Answers.refuse(request, response, callback, 413, "the dashboard takes no body");
        }
        return super.handle(request, response, callback);
    }

    /** Answers a request without the password. A request without credentials is no attempt to guess them. */
    private boolean isRefused(Request request, Response response, Callback callback) {
        String given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        String address = Network.of(request.getConnectionMetaData().getRemoteSocketAddress());
        Duration wait = given == null ? Duration.ZERO : brake.waitOf(address, USER);
        if (!wait.isZero()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, wait.toSeconds());
            return Answers.refuse(request, response, callback, 429, "too many wrong passwords from this address");
        }
        if (isAuthorized(given)) {
            return false;
        }
        if (given != null) {
            brake.onWrong(address, USER);
        }
        response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"TradeOps jobs\", charset=\"UTF-8\"");
        return Answers.refuse(request, response, callback, 401, "the dashboard's user and password are needed");
    }

    private static boolean hasBody(HttpFields headers) {
        return headers.contains(HttpHeader.TRANSFER_ENCODING) || headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0;
    }

    private boolean isAuthorized(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return false;
        }
        try {
            return MessageDigest.isEqual(
                    credentials, Base64.getDecoder().decode(header.substring(6).strip()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isLoopback(@Nullable String host) {
        return host != null && LOOPBACK_NAMES.contains(host.replaceFirst(":\\d+$", ""));
    }

    private static boolean isFromAnotherSite(Request request, @Nullable String host) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        String site = request.getHeaders().get("Sec-Fetch-Site");
        if (site != null && !OWN_SITES.contains(site) && !SAFE_METHODS.contains(request.getMethod())) {
            return true;
        }
        try {
            return origin != null && !Objects.equals(URI.create(origin).getAuthority(), host);
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
