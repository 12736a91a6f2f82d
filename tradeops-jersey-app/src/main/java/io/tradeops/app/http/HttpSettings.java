package io.tradeops.app.http;

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
 * @param rateLimit the requests a second of each key or address; 0 for no limit
 * @param limitsOpenAccess whether the limit also holds while no keys are needed
 * @param maxConnections the most open connections; further ones wait to be accepted
 * @param headerTime how long a request's head may take to arrive
 * @param bodyTime how long a whole request may take to arrive
 */
public record HttpSettings(
        String host,
        int port,
        Set<String> hosts,
        int rateLimit,
        boolean limitsOpenAccess,
        int maxConnections,
        Duration headerTime,
        Duration bodyTime) {

    private static final int MAX_CONNECTIONS = 4_000;
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Duration HEADER_TIME = Duration.ofSeconds(10);
    private static final Duration BODY_TIME = Duration.ofSeconds(60);

    /** Copies the names. */
    public HttpSettings {
        hosts = Set.copyOf(hosts);
    }

    /** Any {@code Host}, no rate limit, 4,000 connections, 10 s for a head and 60 s for a request. */
    public static HttpSettings of(String host, int port) {
        return new HttpSettings(host, port, Set.of(), 0, true, MAX_CONNECTIONS, HEADER_TIME, BODY_TIME);
    }

    /** Whether the host is a loopback address.
     *
     * @throws IllegalArgumentException if the host is unknown */
    public boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("TRADEOPS_HOST=" + host + " is not a known host", e);
        }
    }

    /** A copy whose {@code hosts} also has the names of a loopback address, and {@code host}. */
    public HttpSettings withLoopbackNames() {
        Set<String> names = new HashSet<>(hosts);
        names.addAll(LOOPBACK_NAMES);
        String name = host.toLowerCase(Locale.ROOT);
        names.add(name.contains(":") ? "[" + name + "]" : name);
        return withHosts(names);
    }

    /** A copy with other names that {@code Host} may have. */
    public HttpSettings withHosts(Set<String> names) {
        return new HttpSettings(host, port, names, rateLimit, limitsOpenAccess, maxConnections, headerTime, bodyTime);
    }

    /** A copy with a rate limit that always holds. */
    public HttpSettings withRateLimit(int requestsPerSecond) {
        return new HttpSettings(host, port, hosts, requestsPerSecond, true, maxConnections, headerTime, bodyTime);
    }

    /** A copy with a rate limit that holds only while keys are needed. */
    public HttpSettings withRateLimitBesideKeys(int requestsPerSecond) {
        return new HttpSettings(host, port, hosts, requestsPerSecond, false, maxConnections, headerTime, bodyTime);
    }

    /** A copy with other limits on connections and on the time that requests may take to arrive. */
    HttpSettings withBounds(int connections, Duration head, Duration whole) {
        return new HttpSettings(host, port, hosts, rateLimit, limitsOpenAccess, connections, head, whole);
    }
}
