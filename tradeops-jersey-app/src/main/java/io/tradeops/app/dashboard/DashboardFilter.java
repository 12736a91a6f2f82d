package io.tradeops.app.dashboard;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Protects the dashboard. With a password, it requires basic authentication. Without one, it accepts loopback host
 * names only, so that a page elsewhere can't reach it by a host name of its own. It refuses requests of other sites'
 * pages, and lets the dashboard's page connect to this server only. Thread-safe.
 */
final class DashboardFilter extends Filter {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final byte[] credentials;
    private final boolean passwordRequired;

    DashboardFilter(DashboardSettings settings) {
        this.passwordRequired = !settings.password().isEmpty();
        this.credentials = (settings.user() + ":" + settings.password()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        exchange.getResponseHeaders().set("Content-Security-Policy", "connect-src 'self'; frame-ancestors 'none'");
        if (passwordRequired && !isAuthorized(exchange)) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"TradeOps jobs\", charset=\"UTF-8\"");
            refuse(exchange, 401);
        } else if (!passwordRequired && !isLoopback(exchange.getRequestHeaders().getFirst("Host"))) {
            refuse(exchange, 403);
        } else if (isFromAnotherSite(exchange)) {
            refuse(exchange, 403);
        } else {
            chain.doFilter(exchange);
        }
    }

    @Override
    public String description() {
        return "authentication and origin";
    }

    private boolean isAuthorized(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
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

    private static boolean isFromAnotherSite(HttpExchange exchange) {
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (origin == null) {
            return false;
        }
        try {
            return !Objects.equals(URI.create(origin).getAuthority(), host);
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private static void refuse(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
