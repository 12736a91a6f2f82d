package io.tradeops.app.http;

import io.tradeops.jobs.thread.WatchedLoop;
import java.nio.channels.WritePendingException;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
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
 * Closes connections that send nothing, and those whose requests take too long to arrive; the latter get 408. An idle
 * timeout doesn't catch a client that sends a byte now and then. Jetty 12.1.14 has a setting {@code minRequestDataRate}, but never reads it.
 * Thread-safe.
 */
final class SlowRequests extends AbstractLifeCycle {

    private static final Logger log = LoggerFactory.getLogger(SlowRequests.class);

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Set<HttpParser.State> HEAD =
            Collections.unmodifiableSet(EnumSet.range(HttpParser.State.METHOD, HttpParser.State.HEADER));
    private static final Set<HttpParser.State> BODY =
            Collections.unmodifiableSet(EnumSet.range(HttpParser.State.CONTENT, HttpParser.State.TRAILER));

    private final ServerConnector connector;
    private final ConnectionPlaces places;
    private final Duration silentTime;
    private final Duration headerTime;
    private final Duration bodyTime;
    private final WatchedLoop loop;

    SlowRequests(ServerConnector connector, ConnectionPlaces places, HttpSettings settings) {
        this.connector = connector;
        this.places = places;
        this.silentTime = settings.silentTime();
        this.headerTime = settings.headerTime();
        this.bodyTime = settings.bodyTime();
        Duration period = headerTime.dividedBy(10).plusMillis(1);
        this.loop = WatchedLoop.of("slow-requests", period.plus(LIMIT), this::sweep).withPause(period);
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

    private void sweep() {
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            if (endPoint.getConnection() instanceof HttpConnection connection) {
                sweep(endPoint, connection);
            }
        }
    }

    private void sweep(EndPoint endPoint, HttpConnection connection) {
        if (isLate(connection.getParser(), endPoint.isFillInterested())) {
            refuse(endPoint, connection);
        } else if (isSilent(endPoint, connection)) {
            endPoint.close(); // no request, so no answer: browsers open connections that they may never use
        }
    }

    /** Whether a connection has sent no first byte in time, or has been in the reserve for too long. */
    private boolean isSilent(EndPoint endPoint, HttpConnection connection) {
        boolean isUnused = connection.getMessagesIn() == 0 && connection.getParser().isStart();
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
