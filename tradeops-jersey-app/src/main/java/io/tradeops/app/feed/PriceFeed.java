package io.tradeops.app.feed;

import jakarta.websocket.Session;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers ticks, keeps the newest for replay, and sends them to whoever is connected. Thread-safe. */
public final class PriceFeed implements AutoCloseable {

    /** How many ticks are held for replay by default. */
    public static final int DEFAULT_RETAINED = 1 << 16;

    private static final long SILENCE_MILLIS = 1_000;
    private static final long HEARTBEAT_MILLIS = 5_000;
    private static final long RETRY_AFTER_MILLIS = 1_000;
    private static final long GOODBYE_MILLIS = 1_000;

    private final TickRing ring;
    private final Map<Session, FeedConnection> connections = new ConcurrentHashMap<>();
    private final AtomicLong slowClients = new AtomicLong();
    /** Signals that a client is gone; a lock of its own, within which no other is taken. */
    private final Object disconnected = new Object();

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "feed-timer"));

    /**
     * A feed that nobody is connected to.
     *
     * @param retained how many ticks are held for replay
     * @param firstSeq the number of the first tick
     */
    public PriceFeed(int retained, long firstSeq) {
        this(new TickRing(retained, firstSeq));
    }

    PriceFeed(TickRing ring) {
        this.ring = ring;
        var unused = timer.scheduleAtFixedRate(
                () -> connections.values().forEach(FeedConnection::heartbeat),
                HEARTBEAT_MILLIS,
                HEARTBEAT_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Sends a tick to whoever wants it.
     *
     * @return its number */
    public synchronized long publish(String ticker, long priceUnits, long quantityUnits, long epochNanos) {
        long seq = ring.nextSeq();
        ring.add(new FeedMessage.Tick(seq, ticker, priceUnits, quantityUnits, epochNanos));
        connections.values().forEach(FeedConnection::pump);
        return seq;
    }

    /** The number of the newest tick; one less than the first one's if there is none yet. */
    public long lastSeq() {
        return ring.nextSeq() - 1;
    }

    /** How many clients were closed for being too slow. */
    public long slowClients() {
        return slowClients.get();
    }

    /** How many clients are connected. */
    public int connectionCount() {
        return connections.size();
    }

    /** Whether a client is more than half the replay buffer behind. */
    boolean isAnyoneFarBehind() {
        return connections.values().stream().anyMatch(connection -> connection.lag() > ring.capacity() / 2);
    }

    /** Tells every client that the feed stops, and closes. */
    @Override
    public void close() {
        timer.shutdownNow();
        connections.values().forEach(connection -> connection.shutdown(RETRY_AFTER_MILLIS));
        awaitDisconnected();
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

    FeedConnection connect(Session session, InstantSource clock) {
        FeedConnection connection = new FeedConnection(session, ring, clock);
        connections.put(session, connection);
        var unused = timer.schedule(connection::subscribeSilentClient, SILENCE_MILLIS, TimeUnit.MILLISECONDS);
        return connection;
    }

    void disconnect(Session session) {
        FeedConnection connection = connections.remove(session);
        if (connection != null) {
            if (connection.wasTooSlow()) {
                slowClients.incrementAndGet();
            }
            connection.markClosed();
        }
        synchronized (disconnected) {
            disconnected.notifyAll();
        }
    }
}
