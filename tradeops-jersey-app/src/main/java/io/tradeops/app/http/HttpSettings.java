package io.tradeops.app.http;

import io.tradeops.app.access.TrustedProxies;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The address of a server, and its limits. Immutable.
 *
 * @param host the address to bind
 * @param port the port; 0 takes a free one
 * @param hosts the names that {@code Host} may have, without port, in lower case; empty allows any
 * @param localNames further names that {@code Host} may have; if there are some, no other than these and {@code hosts}
 * @param proxies the proxies whose forwarded headers count
 * @param rate the limit on requests
 * @param connections the limits on connections
 */
public record HttpSettings(
        String host,
        int port,
        Set<String> hosts,
        Set<String> localNames,
        TrustedProxies proxies,
        RequestRate rate,
        ConnectionLimits connections) {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Copies the names. */
    public HttpSettings {
        hosts = Set.copyOf(hosts);
        localNames = Set.copyOf(localNames);
    }

    /**
     * The limit on requests.
     *
     * @param perSecond the requests a second of each key or address; 0 for no limit
     * @param limitsOpenAccess whether the limit also holds while no keys are needed
     */
    public record RequestRate(int perSecond, boolean limitsOpenAccess) {}

    /**
     * The limits on connections.
     *
     * @param most the most open connections; on further ones only probes are served
     * @param perAddress the most open connections of one address, unless it is a trusted proxy's
     * @param silentTime how long a new connection may send nothing
     * @param headerTime how long a request's head may take to arrive
     * @param bodyTime how long a whole request may take to arrive
     */
    public record ConnectionLimits(
            int most, int perAddress, Duration silentTime, Duration headerTime, Duration bodyTime) {

        private static final ConnectionLimits DEFAULT = new ConnectionLimits(
                4_000, 1_500, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    /**
     * Any {@code Host}, no proxy, no rate limit, 4,000 connections, 1,500 of one address, 5 s until the first byte, 10 s
     * for a head and 60 s for a request.
     */
    public static HttpSettings of(String host, int port) {
        return new HttpSettings(
                host,
                port,
                Set.of(),
                Set.of(),
                TrustedProxies.NONE,
                new RequestRate(0, true),
                ConnectionLimits.DEFAULT);
    }

    /**
     * Whether the host is a loopback address.
     *
     * @throws IllegalArgumentException if the host is unknown
     */
    public boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("TRADEOPS_HOST=" + host + " is not a known host", e);
        }
    }

    /** A copy that also allows the names of a loopback address, and {@code host}. */
    public HttpSettings withLoopbackNames() {
        Set<String> names = new HashSet<>(LOOPBACK_NAMES);
        String name = host.toLowerCase(Locale.ROOT);
        names.add(name.contains(":") ? "[" + name + "]" : name);
        return new HttpSettings(host, port, hosts, names, proxies, rate, connections);
    }

    /** A copy with another address. */
    public HttpSettings at(String otherHost, int otherPort) {
        return new HttpSettings(otherHost, otherPort, hosts, localNames, proxies, rate, connections);
    }

    /** A copy with other names that {@code Host} may have. */
    public HttpSettings withHosts(Set<String> names) {
        return new HttpSettings(host, port, names, localNames, proxies, rate, connections);
    }

    /**
     * A copy that trusts the forwarded headers of other proxies.
     *
     * @param list addresses and blocks, separated by commas; may be empty
     * @throws IllegalArgumentException naming the invalid entry
     */
    public HttpSettings withTrustedProxies(String list) {
        return new HttpSettings(host, port, hosts, localNames, TrustedProxies.parse(list), rate, connections);
    }

    /** A copy with a rate limit that always holds. */
    public HttpSettings withRateLimit(int requestsPerSecond) {
        return with(new RequestRate(requestsPerSecond, true));
    }

    /** A copy with a rate limit that holds only while keys are needed. */
    public HttpSettings withRateLimitBesideKeys(int requestsPerSecond) {
        return with(new RequestRate(requestsPerSecond, false));
    }

    /** A copy with another limit on the open connections of one address. */
    public HttpSettings withConnectionsPerAddress(int most) {
        return with(new ConnectionLimits(
                connections.most, most, connections.silentTime, connections.headerTime, connections.bodyTime));
    }

    /** A copy with other limits on connections and on the time that requests may take to arrive. */
    HttpSettings withBounds(int most, Duration head, Duration whole) {
        return with(new ConnectionLimits(most, connections.perAddress, head, head, whole));
    }

    private HttpSettings with(RequestRate other) {
        return new HttpSettings(host, port, hosts, localNames, proxies, other, connections);
    }

    private HttpSettings with(ConnectionLimits other) {
        return new HttpSettings(host, port, hosts, localNames, proxies, rate, other);
    }
}
