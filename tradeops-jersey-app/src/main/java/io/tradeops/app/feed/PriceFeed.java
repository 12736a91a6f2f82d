package io.tradeops.app.feed;

import io.tradeops.app.access.Network;
import io.tradeops.app.feed.market.TickPublisher;
import io.tradeops.core.trade.Tick;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketSession;

/** Numbers ticks, or takes them with their numbers, keeps the newest for replay, and sends them to whoever is connected. Thread-safe. */
public final class PriceFeed implements TickPublisher, AutoCloseable {

    private static final long SILENCE_MILLIS = 1_000;
    private static final long HEARTBEAT_MILLIS = 5_000;
    private static final long PING_MILLIS = 1_000;
    private static final long RETRY_AFTER_MILLIS = 1_000;
    private static final long GOODBYE_MILLIS = 1_000;
    /** A client that stops to read is asked within 1 s, closed after 6 s more, and cut before 10 s have passed. */
    private static final long CLOSE_MILLIS = 2_000;

    private final ReplayBuffer ring;
    private final FeedLimits limits;
    private final Map<Session, FeedConnection> connections = new ConcurrentHashMap<>();
    private final Map<String, Integer> perNetwork = new ConcurrentHashMap<>();
    private final AtomicLong ticksSent = new AtomicLong();
    private final AtomicLong slowClients = new AtomicLong();
    private final FeedConnection.Exits exits = new Exits();
    /** Signals that a client is gone; a lock of its own, within which no other is taken. */
    private final Object disconnected = new Object();

    private final FeedSender sender = FeedSender.start(this::sendRound);
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "feed-timer"));

    /**
     * A feed that nobody is connected to.
     *
     * @param limits how much it gives
     * @param firstSeq the number of the first tick
     */
    public PriceFeed(FeedLimits limits, long firstSeq) {
        this(limits, new ReplayBuffer(limits.retained(), firstSeq));
    }

    PriceFeed(FeedLimits limits, ReplayBuffer ring) {
        this.limits = limits;
        this.ring = ring;
        every(HEARTBEAT_MILLIS, FeedConnection::heartbeat);
        every(PING_MILLIS, FeedConnection::ping);
    }

    @Override
    public synchronized long publish(String ticker, long epochNanos, long priceUnits, long quantityUnits) {
        long seq = ring.nextSeq();
        relay(List.of(new Tick(ticker, epochNanos, priceUnits, quantityUnits, seq)));
        return seq;
    }

    /**
     * Sends ticks of another feed, with their numbers, to whoever wants them. Everybody is told of numbers that are left
     * out, by a gap, and that they begin anew, where one goes back.
     */
    public synchronized void relay(List<Tick> ticks) {
        ticks.forEach(ring::add);
        ticksSent.addAndGet(ticks.size());
        sender.wake();
    }

    @Override
    public synchronized void skip(long count) {
        ring.skip(count);
        sender.wake();
    }

    /** How many ticks it was given to send. */
    public long ticksSent() {
        return ticksSent.get();
    }

    /** The number of the newest tick; one less than the first one's if there is none yet. */
    public long lastSeq() {
        return ring.nextSeq() - 1;
    }

    /** How many clients are connected. */
    public int connectionCount() {
        return connections.size();
    }

    /** How many clients were closed for being too slow. */
    public long slowClients() {
        return slowClients.get();
    }

    /** Whether a client that reads is more than half the replay buffer behind. */
    boolean isAnyoneFarBehind() {
        return connections.values().stream().anyMatch(connection -> connection.lag() > ring.capacity() / 2);
    }

    /** Tells every client that the feed stops, and closes. */
    @Override
    public void close() {
        timer.shutdownNow();
        connections.values().forEach(connection -> connection.shutdown(RETRY_AFTER_MILLIS));
        awaitDisconnected();
        sender.close();
        connections.clear();
    }

    /** Gives the clients a moment to be told. */
    private void awaitDisconnected() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GOODBYE_MILLIS);
        try {
            synchronized (disconnected) {
                for (long left = GOODBYE_MILLIS; left > 0 && !connections.isEmpty(); ) {
                    disconnected.wait(left);
                    left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes a client in, or closes it where there are too many. */
    FeedConnection connect(Session session, InstantSource clock, FeedKey key) {
        FeedConnection connection = new FeedConnection(session, ring, clock, key, exits);
        if (!admit(session, connection)) {
            connection.close(CloseCodes.TRY_AGAIN_LATER, "too many connections");
            return connection;
        }
        var unused = timer.schedule(connection::subscribeSilentClient, SILENCE_MILLIS, TimeUnit.MILLISECONDS);
        return connection;
    }

    void disconnect(Session session) {
        FeedConnection connection = connections.remove(session);
        if (connection != null) {
            connection.markClosed();
            leave(session);
        }
        synchronized (disconnected) {
            disconnected.notifyAll();
        }
    }

    private boolean admit(Session session, FeedConnection connection) {
        int fromHere = perNetwork.merge(network(session), 1, Integer::sum);
        if (fromHere > limits.connectionsPerAddress() || connections.size() >= limits.connections()) {
            leave(session);
            return false;
        }
        connections.put(session, connection);
        return true;
    }

    private void leave(Session session) {
        perNetwork.computeIfPresent(network(session), (network, count) -> count > 1 ? count - 1 : null);
    }

    /** All to the same end, although more may come meanwhile, so that they share frames. */
    private void sendRound() {
        long end = ring.nextPlace();
        connections.values().forEach(connection -> connection.pumpTo(end));
    }

    private void every(long millis, Consumer<FeedConnection> action) {
        var unused = timer.scheduleAtFixedRate(
                () -> connections.values().forEach(action), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** After a moment for the close frame the connection is cut, whether that was read or not. */
    private final class Exits implements FeedConnection.Exits {

        @Override
        public void slow() {
            slowClients.incrementAndGet();
        }

        @Override
        public void closing(Session session) {
            if (session instanceof JakartaWebSocketSession jetty && !timer.isShutdown()) {
                var unused = timer.schedule(jetty::abort, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static String network(Session session) {
        return Network.of(session.getUserProperties().get("jakarta.websocket.endpoint.remoteAddress"));
    }
}
