package io.tradeops.app.http;

import io.tradeops.app.http.LimitedConnector.MeasuredEndPoint;
import io.tradeops.jobs.thread.WatchedLoop;
import java.nio.channels.WritePendingException;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections that send nothing, and those whose requests take too long to arrive; the latter get 408. Also
 * closes connections whose clients read an answer at less than {@value #LEAST_BYTES_PER_SECOND} bytes per second. An
 * idle timeout doesn't catch a client that sends or reads a byte now and then. Jetty 12.1.14 has settings
 * {@code minRequestDataRate} and {@code minResponseDataRate}, but never reads them. Thread-safe.
 */
final class SlowRequests extends AbstractLifeCycle {

    private static final Logger log = LoggerFactory.getLogger(SlowRequests.class);

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Set<HttpParser.State> HEAD =
            Collections.unmodifiableSet(EnumSet.range(HttpParser.State.METHOD, HttpParser.State.HEADER));
    private static final Set<HttpParser.State> BODY =
            Collections.unmodifiableSet(EnumSet.range(HttpParser.State.CONTENT, HttpParser.State.TRAILER));

    private static final long LEAST_BYTES_PER_SECOND = 4_096;
    private static final double NANOS_PER_SECOND = 1e9;

    private final ServerConnector connector;
    private final ConnectionPlaces places;
    private final Duration silentTime;
    private final Duration headerTime;
    private final Duration bodyTime;
    private final WatchedLoop loop;
    private Map<EndPoint, Progress> slow = Map.of();

    SlowRequests(ServerConnector connector, ConnectionPlaces places, HttpSettings settings, String name) {
        this.connector = connector;
        this.places = places;
        this.silentTime = settings.connections().silentTime();
        this.headerTime = settings.connections().headerTime();
        this.bodyTime = settings.connections().bodyTime();
        Duration period = headerTime.dividedBy(10).plusMillis(1);
        this.loop = WatchedLoop.of(name, period.plus(LIMIT), this::sweep).withPause(period);
    }

    @Override
    protected void doStart() {
        loop.start();
    }

    @Override
    protected void doStop() {
        loop.cancel();
    }

    /** The thread that looks for such requests. */
    WatchedLoop loop() {
        return loop;
    }

    /** A time at which the server waited for a client, and the bytes that it had sent until then. */
    private record Progress(long nanos, long bytes) {}

    private void sweep() {
        Map<EndPoint, Progress> waitedFor = new HashMap<>();
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            if (endPoint.getConnection() instanceof HttpConnection connection) {
                sweep(endPoint, connection, waitedFor);
            }
        }
        slow = waitedFor;
    }

    private void sweep(EndPoint endPoint, HttpConnection connection, Map<EndPoint, Progress> waitedFor) {
        if (isLate(connection.getParser(), endPoint.isFillInterested())) {
            refuse(endPoint, connection);
        } else if (isSilent(endPoint, connection)) {
            endPoint.close(); // no request, so no answer: browsers open connections that they may never use
        } else if (endPoint instanceof MeasuredEndPoint reader && isSlow(reader, waitedFor)) {
            log.debug("closing {}: it reads too slowly", endPoint.getRemoteSocketAddress());
            reader.cut();
        }
    }

    /** Whether a connection has sent no first byte in time, or has been in the reserve for too long. */
    private boolean isSilent(EndPoint endPoint, HttpConnection connection) {
        boolean isUnused =
                connection.getMessagesIn() == 0 && connection.getParser().isStart();
        long age = places.ageNanos(endPoint);
        return (isUnused && age > silentTime.toNanos())
                || (age > headerTime.toNanos() && places.over(endPoint) != ConnectionPlaces.Over.NONE);
    }

    /**
     * Sends a 408 unless an answer has begun. If the request ends at this moment there may be two answers; the first
     * one counts.
     */
    private static void refuse(EndPoint endPoint, HttpConnection connection) {
        log.debug("closing {}: its request takes too long to arrive", endPoint.getRemoteSocketAddress());
        try {
            if (connection.getGenerator().isIdle()) {
                endPoint.write(Callback.from(endPoint::close), Answers.timeout());
                return;
            }
        } catch (WritePendingException e) {
            log.debug("{} has an answer already", endPoint.getRemoteSocketAddress());
        }
        endPoint.close();
    }

    /**
     * Whether a client that the server waits for has read too few bytes since the start of its present interval, which
     * is as long as a request may take to arrive.
     *
     * @param waitedFor receives the interval of a client that is waited for
     */
    private boolean isSlow(MeasuredEndPoint endPoint, Map<EndPoint, Progress> waitedFor) {
        if (!endPoint.isBlocked()) {
            return false;
        }
        long bytes = endPoint.sent();
        Progress begun = slow.getOrDefault(endPoint, new Progress(NanoTime.now(), bytes));
        long nanos = NanoTime.since(begun.nanos());
        if (nanos < bodyTime.toNanos()) {
            waitedFor.put(endPoint, begun);
            return false;
        }
        long least = (long) (LEAST_BYTES_PER_SECOND * (nanos / NANOS_PER_SECOND));
        if (bytes - begun.bytes() < least) {
            return true;
        }
        waitedFor.put(endPoint, new Progress(NanoTime.now(), bytes));
        return false;
    }

    /**
     * Reads the parser's state without a lock, so the answer may be stale by one sweep.
     *
     * @param awaitsBytes whether the server waits for bytes; a body that it does not read is not late
     */
    private boolean isLate(HttpParser parser, boolean awaitsBytes) {
        HttpParser.State state = parser.getState();
        long begun = parser.getBeginNanoTime();
        if (HEAD.contains(state)) {
            return NanoTime.since(begun) > headerTime.toNanos();
        }
        return awaitsBytes && BODY.contains(state) && NanoTime.since(begun) > bodyTime.toNanos();
    }
}
