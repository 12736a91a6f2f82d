package io.tradeops.app.http;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of other origins in a user's browser from using this server. A {@code Host} that is not allowed gets 421,
 * which stops DNS rebinding. An upgrade or a change from another origin gets 403. Clients other than browsers send
 * neither {@code Origin} nor {@code Sec-Fetch-Site}. Thread-safe.
 */
final class OriginHandler extends Handler.Wrapper {

    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final Set<String> hosts;
    private final Set<String> sentHosts;

    /**
     * A handler that allows the names of both sets in {@code Host}, or any name if both are empty. A name that a proxy
     * forwards must be one of {@code hosts}, if these aren't empty.
     */
    OriginHandler(Set<String> hosts, Set<String> localNames, Handler next) {
        super(next);
        this.hosts = hosts;
        this.sentHosts = Stream.of(hosts, localNames).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String host = request.getHttpURI().getAuthority();
        // a page of another name that resolves to this server can forge a forwarded name, but not the sent one
        String sent = Request.unWrap(request).getHttpURI().getAuthority();
        if (!allows(sentHosts, sent)) {
            return refuseHost(request, response, callback, sent);
        }
        if (!Objects.equals(host, sent) && !allows(hosts, host)) {
            return refuseHost(request, response, callback, host);
        }
        HttpFields headers = request.getHeaders();
        boolean upgrade = headers.contains(HttpHeader.UPGRADE);
        String refused = upgrade ? " may not connect" : " may not change anything";
        if (upgrade || !SafeMethods.isUsedBy(request)) {
            String origin = headers.get(HttpHeader.ORIGIN);
            if (origin != null && !isSame(origin, host)) {
                return Answers.refuse(request, response, callback, 403, "origin " + origin + refused);
            }
            if (!isOwnSite(headers.get("Sec-Fetch-Site"))) {
                return Answers.refuse(request, response, callback, 403, "another site" + refused);
            }
        }
        return super.handle(request, response, callback);
    }

    private static boolean allows(Set<String> names, @Nullable String host) {
        return names.isEmpty() || (host != null && names.contains(name(host)));
    }

    private static boolean refuseHost(Request request, Response response, Callback callback, @Nullable String host) {
        return Answers.refuse(
                request,
                response,
                callback,
                421,
                (host == null ? "Host is required" : "this server does not serve Host " + host)
                        + "; TRADEOPS_ALLOWED_HOSTS allows more names");
    }

    private static boolean isSame(String origin, @Nullable String host) {
        try {
            return Objects.equals(URI.create(origin).getAuthority(), host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isOwnSite(@Nullable String site) {
        return site == null || OWN_SITES.contains(site);
    }

    /** Without the port: an attack shows in the name. */
    private static String name(String authority) {
        int port = authority.lastIndexOf(':');
        boolean hasPort = port > authority.lastIndexOf(']');
        return (hasPort ? authority.substring(0, port) : authority).toLowerCase(Locale.ROOT);
    }
}
