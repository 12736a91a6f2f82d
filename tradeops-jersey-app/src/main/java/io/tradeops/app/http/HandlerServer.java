package io.tradeops.app.http;

import io.tradeops.jobs.thread.WatchedLoop;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves a handler on a port of its own, with the limits of {@link HttpServer}. It has threads of its own, so that the
 * two don't slow each other down. Thread-safe.
 */
public final class HandlerServer implements AutoCloseable {

    private final Server server;
    private final ServerConnector connector;

    private HandlerServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Starts serving.
     *
     * @param name the name of the server in messages and of its threads
     * @param settings the address, and the limits of connections and times
     * @param threads the most threads
     * @param handler gets the requests; it checks who may use it
     * @throws IOException if the server can't listen there; the message names host and port
     */
    public static HandlerServer start(String name, HttpSettings settings, int threads, Handler handler)
            throws IOException {
        QueuedThreadPool pool = new QueuedThreadPool(threads, Math.min(threads, 4));
        pool.setName(name);
        pool.setDaemon(true);
        pool.setReservedThreads(0);
        Server server = new Server(pool);
        ConnectionPlaces places = ConnectionPlaces.of(settings);
        ServerConnector connector = HttpServer.connector(server, settings, places, name + "-slow-requests");
        server.addConnector(connector);
        server.setErrorHandler(new ProblemErrorHandler());
        RequestRecorder recorder = new RequestRecorder(
                RequestListener.NONE,
                Set.of(),
                new AnswerHandler(new RequestShapeHandler(new FullHouseHandler(places, handler))));
        server.setHandler(recorder);
        server.setRequestLog(recorder);
        try {
            server.start();
        } catch (Exception e) {
            HttpServer.stopQuietly(server);
            throw new IOException(
                    name + " can't listen on " + settings.host() + ":" + settings.port() + ": " + reason(e), e);
        }
        return new HandlerServer(server, connector);
    }

    /** The threads beside Jetty's own. */
    public List<WatchedLoop> loops() {
        return HttpServer.loops(connector);
    }

    /** The port that the server listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Stops at once. */
    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("the server did not stop", e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return String.valueOf(cause == null ? failure.getMessage() : cause.getMessage());
    }
}
