package io.tradeops.app.feed;

import io.tradeops.app.access.Network;
import io.tradeops.app.feed.market.TickPublisher;
import io.tradeops.core.trade.Tick;
import io.tradeops.jobs.thread.ThreadFailures;
import io.tradeops.jobs.thread.WatchedLoop;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketSession;

/**
 * Sends ticks to all connected clients, and retains the newest for replay. It numbers the ticks, or relays those of another
 * feed with their sequence numbers. Thread-safe.
 */
public final class PriceFeed implements TickPublisher, AutoCloseable {

    private static final Duration LOOP_LIMIT = Duration.ofSeconds(20);
    private static final long SILENCE_MILLIS = 1_000;
    private static final long HEARTBEAT_MILLIS = 5_000;
    private static final long PING_MILLIS = 1_000;
    private static final long RETRY_AFTER_MILLIS = 1_000;
    private static final long SHUTDOWN_MILLIS = 1_000;
    /** A client that stops reading gets a ping within 1 s, is closed after 6 s more, and cut before 10 s have passed. */
    private static final long CLOSE_MILLIS = 2_000;

    private final ReplayBuffer buffer;
    private final FeedLimits limits;
    private final Map<Session, FeedConnection> connections = new ConcurrentHashMap<>();
    private final Map<String, Integer> perNetwork = new ConcurrentHashMap<>();
    private final AtomicLong ticksSent = new AtomicLong();
    private final AtomicLong slowClients = new AtomicLong();
    private final FeedConnection.Listener connectionListener = new ConnectionListener();
    /** Signals that a client has disconnected. No other lock is taken within it. */
    private final Object disconnected = new Object();

    private final FeedSender sender = FeedSender.start(this::sendRound);
    private final WatchedLoop heartbeats =
            every("feed-heartbeats", Duration.ofMillis(HEARTBEAT_MILLIS), FeedConnection::heartbeat);
    private final WatchedLoop pings = every("feed-pings", Duration.ofMillis(PING_MILLIS), FeedConnection::ping);
    /** For tasks that run once. A task that fails ends neither this thread nor another task. */
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "feed-timer"));
    /** Sends long replays, in turn. Its queue has one task for each client at most. */
    private final ThreadPoolExecutor replays = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> new Thread(task, "feed-replay"),
            new ThreadPoolExecutor.DiscardPolicy());

    /**
     * A feed without clients.
     *
     * @param limits its limits
     * @param firstSeq the sequence number of the first tick
     */
    public PriceFeed(FeedLimits limits, long firstSeq) {
        this(limits, new ReplayBuffer(limits.retained(), firstSeq));
    }

    PriceFeed(FeedLimits limits, ReplayBuffer buffer) {
        this.limits = limits;
        this.buffer = buffer;
        heartbeats.start();
        pings.start();
    }

    @Override
    public synchronized long publish(String ticker, long epochNanos, long priceUnits, long quantityUnits) {
        long seq = buffer.nextSeq();
        relay(List.of(new Tick(ticker, epochNanos, priceUnits, quantityUnits, seq)));
        return seq;
    }

    /**
     * Sends ticks of another feed with their sequence numbers. Where these leave numbers out, all clients get a gap. Where
     * they go back, all clients get the notice of a sequence restart.
     */
    public synchronized void relay(List<Tick> ticks) {
        ticks.forEach(buffer::add);
        ticksSent.addAndGet(ticks.size());
        sender.wake();
    }

    @Override
    public synchronized void skip(long count) {
        buffer.skip(count);
        sender.wake();
    }

    /** The number of ticks that were published or relayed. */
    public long ticksSent() {
        return ticksSent.get();
    }

    /** The sequence number of the newest tick; one less than that of the first tick if there is none yet. */
    public long lastSeq() {
        return buffer.nextSeq() - 1;
    }

    /** The number of connected clients. */
    public int connectionCount() {
        return connections.size();
    }

    /** The number of clients that were closed because they were too slow. */
    public long slowClients() {
        return slowClients.get();
    }

    /** The threads that send. */
    public List<WatchedLoop> loops() {
        return List.of(sender.loop(), heartbeats, pings);
    }

    /** Whether a client that reads lags by more than half of the replay buffer. */
    boolean hasClientFarBehind() {
        return connections.values().stream().anyMatch(connection -> connection.lag() > buffer.capacity() / 2);
    }

    /** Sends a shutdown message to all clients, and closes. */
    @Override
    public void close() {
        timer.shutdownNow();
        heartbeats.cancel();
        pings.cancel();
        forEachConnection(connection -> connection.shutdown(RETRY_AFTER_MILLIS));
        awaitDisconnected();
        sender.close();
        replays.shutdownNow();
        connections.clear();
    }

    /** Gives the clients a moment to read the shutdown message. */
    private void awaitDisconnected() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SHUTDOWN_MILLIS);
        try {
            synchronized (disconnected) {
                for (long left = SHUTDOWN_MILLIS; left > 0 && !connections.isEmpty(); ) {
                    disconnected.wait(left);
                    left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Adds a client, or closes its session if there are too many. */
    FeedConnection connect(Session session, InstantSource clock, FeedKey key) {
        FeedConnection connection = new FeedConnection(session, buffer, clock, key, connectionListener, replays);
        if (!admit(session, connection, key.isOwn())) {
            connection.close(CloseCodes.TRY_AGAIN_LATER, "too many connections");
            return connection;
        }
        var unused = timer.schedule(
                () -> guard(connection, FeedConnection::onSilence), SILENCE_MILLIS, TimeUnit.MILLISECONDS);
        return connection;
    }

    void disconnect(Session session) {
        FeedConnection connection = connections.remove(session);
        if (connection != null) {
            connection.markClosed();
            releaseNetwork(session);
        }
        synchronized (disconnected) {
            disconnected.notifyAll();
        }
    }

    /** The process's own clients, such as its monitor, have places beyond the limits. */
    private boolean admit(Session session, FeedConnection connection, boolean isOwn) {
        int fromNetwork = perNetwork.merge(network(session), 1, Integer::sum);
        boolean full = fromNetwork > limits.connectionsPerAddress() || connections.size() >= limits.connections();
        if (full && !isOwn) {
            releaseNetwork(session);
            return false;
        }
        connections.put(session, connection);
        return true;
    }

    private void releaseNetwork(Session session) {
        perNetwork.computeIfPresent(network(session), (network, count) -> count > 1 ? count - 1 : null);
    }

    /** All clients get the same end of the round, although newer ticks may arrive meanwhile, so that they share frames. */
    private void sendRound() {
        long end = buffer.nextOffset();
        forEachConnection(connection -> connection.pumpTo(end));
    }

    private WatchedLoop every(String thread, Duration pause, Consumer<FeedConnection> action) {
        return WatchedLoop.of(thread, LOOP_LIMIT, () -> forEachConnection(action))
                .withPause(pause);
    }

    private void forEachConnection(Consumer<FeedConnection> action) {
        connections.values().forEach(connection -> guard(connection, action));
    }

    /** A failure is that of one connection, and ends no loop over all of them. */
    private static void guard(FeedConnection connection, Consumer<FeedConnection> action) {
        try {
            action.accept(connection);
        } catch (RuntimeException | Error e) {
            ThreadFailures.count("feed-connection", e);
            connection.fail(e);
        }
    }

    /** Cuts a connection a moment after its close frame, whether the client has read the frame or not. */
    private final class ConnectionListener implements FeedConnection.Listener {

        @Override
        public void onTooSlow() {
            slowClients.incrementAndGet();
        }

        @Override
        public void onClosing(Session session) {
            if (session instanceof JakartaWebSocketSession jetty && !timer.isShutdown()) {
                var unused = timer.schedule(jetty::abort, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    static String network(Session session) {
        return Network.of(session.getUserProperties().get("jakarta.websocket.endpoint.remoteAddress"));
    }
}
