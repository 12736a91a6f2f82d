package io.tradeops.app.http;

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
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections whose request takes too long to arrive, with a 408 before. An idle timeout doesn't see a client that sends a byte now
 * and then, and Jetty's {@code minRequestDataRate} is a setting that nothing in it reads (12.1.14). Thread-safe.
 */
final class SlowRequests extends AbstractLifeCycle {

    private static final Logger log = LoggerFactory.getLogger(SlowRequests.class);

    private static final Set<HttpParser.State> HEAD =
            Collections.unmodifiableSet(EnumSet.range(HttpParser.State.METHOD, HttpParser.State.HEADER));
    private static final Set<HttpParser.State> BODY =
            Collections.unmodifiableSet(EnumSet.range(HttpParser.State.CONTENT, HttpParser.State.TRAILER));

    private final ServerConnector connector;
    private final Duration headerTime;
    private final Duration bodyTime;
    private final Duration period;
    private volatile Scheduler.Task next = () -> false;

    SlowRequests(ServerConnector connector, Duration headerTime, Duration bodyTime) {
        this.connector = connector;
        this.headerTime = headerTime;
        this.bodyTime = bodyTime;
        this.period = headerTime.dividedBy(10).plusMillis(1);
    }

    @Override
    protected void doStart() {
        schedule();
    }

    @Override
    protected void doStop() {
        next.cancel();
    }

    private void schedule() {
        next = connector.getScheduler().schedule(this::sweep, period);
    }

    private void sweep() {
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            if (endPoint.getConnection() instanceof HttpConnection connection
                    && isLate(connection.getParser(), endPoint.isFillInterested())) {
                refuse(endPoint, connection);
            }
        }
        if (isRunning() || isStarting()) {
            schedule();
        }
    }

    /** Says why, where nothing was said yet; should the rest come this moment, two answers may meet, and the first one counts. */
    private static void refuse(EndPoint endPoint, HttpConnection connection) {
        log.debug("closing {}: its request takes too long to arrive", endPoint.getRemoteSocketAddress());
        try {
            if (connection.getGenerator().isIdle()) {
                endPoint.write(Callback.from(endPoint::close), Answers.timeout());
                return;
            }
        } catch (WritePendingException e) {
            log.debug("{} is being answered", endPoint.getRemoteSocketAddress());
        }
        endPoint.close();
    }

    /** Read beside the thread that parses: at worst a request is found late one sweep later.
     *
     * @param waits whether somebody waits for bytes; a body that nobody reads is not late */
    private boolean isLate(HttpParser parser, boolean waits) {
        HttpParser.State state = parser.getState();
        long begun = parser.getBeginNanoTime();
        if (HEAD.contains(state)) {
            return NanoTime.since(begun) > headerTime.toNanos();
        }
        return waits && BODY.contains(state) && NanoTime.since(begun) > bodyTime.toNanos();
    }
}
