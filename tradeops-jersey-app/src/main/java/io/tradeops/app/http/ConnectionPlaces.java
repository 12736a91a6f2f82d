package io.tradeops.app.http;

import io.tradeops.app.access.Network;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.NanoTime;

/**
 * The open connections, and their limits in all and per address. A connection over a limit takes the place of one that
 * waits: first of the oldest that has sent no whole request, then of the oldest that is idle between two, then of the
 * oldest whose body has not arrived. If none waits, it gets a place of the reserve, which is for probes and the server's
 * own clients. Thread-safe.
 */
final class ConnectionPlaces {

    /** Places beyond the limits. */
    static final int RESERVE = 256;

    private static final Set<HttpParser.State> BEFORE_BODY =
            Collections.unmodifiableSet(EnumSet.range(HttpParser.State.START, HttpParser.State.HEADER));
    private static final Set<HttpParser.State> BODY =
            Collections.unmodifiableSet(EnumSet.range(HttpParser.State.CONTENT, HttpParser.State.TRAILER));

    private final int limit;
    private final int limitPerAddress;
    private final Predicate<Object> isProxy;

    /** In the order in which they were opened. */
    private final Map<EndPoint, Place> places = new LinkedHashMap<>();

    private final Map<String, Integer> perNetwork = new HashMap<>();
    private int reserved;

    /**
     * No connections yet.
     *
     * @param isProxy tells whether an address is a trusted proxy's, which has no limit of its own
     */
    ConnectionPlaces(int limit, int limitPerAddress, Predicate<Object> isProxy) {
        this.limit = limit;
        this.limitPerAddress = limitPerAddress;
        this.isProxy = isProxy;
    }

    /** No connections yet, with the limits of a server. */
    static ConnectionPlaces of(HttpSettings settings) {
        return new ConnectionPlaces(
                settings.connections().most(), settings.connections().perAddress(), settings.proxies()::includes);
    }

    /** Which limit a connection is over. */
    enum Over {
        NONE,
        ALL,
        ADDRESS
    }

    /** A connection's network, which is empty for a proxy, and the limit that it is over. */
    private static final class Place {

        private final String network;
        private final long openedNanos = NanoTime.now();
        private Over over = Over.NONE;

        Place(String network) {
            this.network = network;
        }
    }

    /** Gives a new connection a place, and closes the connection whose place it takes. */
    void open(EndPoint endPoint) {
        place(endPoint).ifPresent(EndPoint::close);
    }

    /** Forgets a connection that has ended. */
    synchronized void close(EndPoint endPoint) {
        Place place = places.remove(endPoint);
        if (place != null) {
            count(place, -1);
        }
    }

    /** The limit that a connection is over, if it has a place of the reserve. */
    synchronized Over over(EndPoint endPoint) {
        Place place = places.get(endPoint);
        return place == null ? Over.NONE : place.over;
    }

    /** Gives a connection of the reserve a place of its own: a client of the server's own stays. */
    synchronized void keep(EndPoint endPoint) {
        Place place = places.get(endPoint);
        if (place != null) {
            count(place, -1);
            place.over = Over.NONE;
            count(place, 1);
        }
    }

    /** How long a connection has been open, in nanoseconds. */
    synchronized long ageNanos(EndPoint endPoint) {
        Place place = places.get(endPoint);
        return place == null ? 0 : NanoTime.since(place.openedNanos);
    }

    /** Returns the connection that has lost its place to the new one. If the reserve is full, it may be the new one. */
    private synchronized Optional<EndPoint> place(EndPoint endPoint) {
        Object peer = endPoint.getRemoteSocketAddress();
        Place place = new Place(isProxy.test(peer) ? "" : Network.of(peer));
        boolean overAddress = perNetwork.getOrDefault(place.network, 0) >= limitPerAddress;
        Optional<EndPoint> loser = Optional.empty();
        if (overAddress || places.size() - reserved >= limit) {
            loser = oldestWaiting(
                    other -> other.over == Over.NONE && (!overAddress || other.network.equals(place.network)));
            if (loser.isEmpty()) {
                place.over = overAddress ? Over.ADDRESS : Over.ALL;
                loser = reserved < RESERVE
                        ? Optional.empty()
                        : oldestWaiting(other -> other.over != Over.NONE).or(() -> Optional.of(endPoint));
            }
        }
        places.put(endPoint, place);
        count(place, 1);
        loser.ifPresent(this::close);
        return loser;
    }

    private Optional<EndPoint> oldestWaiting(Predicate<Place> isCandidate) {
        Optional<EndPoint> idle = Optional.empty();
        Optional<EndPoint> sending = Optional.empty();
        for (Map.Entry<EndPoint, Place> entry : places.entrySet()) {
            EndPoint endPoint = entry.getKey();
            if (!(endPoint.getConnection() instanceof HttpConnection connection)
                    || !isCandidate.test(entry.getValue())) {
                continue;
            }
            HttpParser.State state = connection.getParser().getState();
            if (BEFORE_BODY.contains(state) && connection.getMessagesIn() == 0) {
                return Optional.of(endPoint);
            }
            if (idle.isEmpty() && BEFORE_BODY.contains(state)) {
                idle = Optional.of(endPoint);
            }
            if (sending.isEmpty() && BODY.contains(state) && endPoint.isFillInterested()) {
                sending = Optional.of(endPoint);
            }
        }
        return idle.isPresent() ? idle : sending;
    }

    private void count(Place place, int change) {
        if (place.over != Over.NONE) {
            reserved += change;
        } else if (!place.network.isEmpty()) {
            int connections = perNetwork.merge(place.network, change, Integer::sum);
            if (connections == 0) {
                perNetwork.remove(place.network);
            }
        }
    }
}
