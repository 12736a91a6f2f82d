package io.tradeops.app.monitor;

import io.tradeops.app.db.MaskedUrl;
import io.tradeops.app.feed.wire.FeedMessage;
import io.tradeops.app.feed.wire.FrameReader;
import io.tradeops.app.log.RateLimitedLog;
import io.tradeops.jobs.thread.ThreadFailures;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a feed, from connect to close, with a queue of its messages. It reads from the feed only while the
 * queue has room. One thread at a time uses it.
 */
final class FeedClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FeedClient.class);
    private static final RateLimitedLog problems = new RateLimitedLog(log, "feed sent unreadable messages");

    private static final Duration SHORTEST_HANDSHAKE = Duration.ofSeconds(1);
    private static final Duration LONGEST_HANDSHAKE = Duration.ofSeconds(5);
    private static final int MAX_FRAME_CHARS = 4 << 20;
    private static final int QUEUE = 20_000;
    private static final long FULL_QUEUE_MILLIS = 100;
    private static final int LONGEST_ERROR = 200;
    private static final long SEND_TIMEOUT_MILLIS = 5_000;

    /** A vendor may require that its answer to one message precedes the next message. */
    private static final long BETWEEN_SENDS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Session session;
    private final Received received;
    private final Queue<String> unsent;
    private long sentNanos;

    private FeedClient(Session session, Received received, List<String> unsent) {
        this.session = session;
        this.received = received;
        this.unsent = new ArrayDeque<>(unsent);
    }

    /**
     * Connects and sends the first message.
     *
     * @param key the API key for the feed; empty if it needs none
     * @param messages the messages to send to the feed, in order
     * @param ticks counts the received ticks
     * @throws IOException if connecting fails
     */
    static FeedClient connect(
            ClientManager container,
            URI feed,
            String key,
            List<String> messages,
            MonitorCounters counters,
            ConnectionTicks ticks)
            throws IOException, InterruptedException {
        Received received = new Received(counters, ticks);
        Endpoint endpoint = new ReceivingEndpoint(received, MaskedUrl.of(feed.toString()));
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .configurator(authorization(key))
                .build();
        try {
            Session session = inOwnThread(() -> container.connectToServer(endpoint, config, feed));
            session.getAsyncRemote().setSendTimeout(SEND_TIMEOUT_MILLIS);
            FeedClient client = new FeedClient(session, received, messages);
            client.sendNext();
            return client;
        } catch (IOException | InterruptedException e) {
            received.close(); // the handshake may still complete
            throw e;
        } catch (IllegalStateException e) {
            received.close();
            throw new IOException("the feed closed the connection at once", e);
        } catch (RuntimeException | Error e) {
            received.close();
            throw e;
        }
    }

    /**
     * If a thread is interrupted while it connects, Tyrus leaves its own threads behind. So the caller's doesn't
     * connect.
     */
    private static Session inOwnThread(Callable<Session> connecting) throws IOException, InterruptedException {
        FutureTask<Session> attempt = new FutureTask<>(connecting);
        Thread thread = new Thread(attempt, "feed-connect");
        thread.setDaemon(true);
        thread.start();
        try {
            return attempt.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(String.valueOf(cause.getMessage()), cause);
        }
    }

    private static ClientEndpointConfig.Configurator authorization(String key) {
        return new ClientEndpointConfig.Configurator() {
            @Override
            public void beforeRequest(Map<String, List<String>> headers) {
                if (!key.isEmpty()) {
                    headers.put("Authorization", List.of("Bearer " + key));
                }
            }
        };
    }

    /**
     * Creates a container for one connection after another. Each connection has its own threads and ends with them:
     * with shared threads, Tyrus leaves a connection open if its server does not answer the handshake. The time limit
     * applies to connecting, TLS and the answer each. Tyrus does not notice a connection that is cut during them.
     *
     * @param deadAfter a connection is dead after this time without a message
     */
    static ClientManager newContainer(Duration deadAfter) {
        Duration third = deadAfter.dividedBy(3);
        Duration atLeast = third.compareTo(SHORTEST_HANDSHAKE) < 0 ? SHORTEST_HANDSHAKE : third;
        Duration handshake = atLeast.compareTo(LONGEST_HANDSHAKE) > 0 ? LONGEST_HANDSHAKE : atLeast;
        ClientManager container = ClientManager.createClient();
        container.getProperties().put(ClientProperties.HANDSHAKE_TIMEOUT, (int) handshake.toMillis());
        container.getProperties().put(ClientProperties.SHARED_CONTAINER, false);
        container.setDefaultMaxTextMessageBufferSize(MAX_FRAME_CHARS);
        return container;
    }

    /** Whether {@link #take} may return more messages. */
    boolean isOpen() {
        return session.isOpen() || !received.queue.isEmpty();
    }

    /**
     * Removes and returns the next messages, at most {@code most}. Waits for the first one, {@code waitMillis} at most.
     */
    List<FeedMessage> take(int most, long waitMillis) throws InterruptedException {
        List<FeedMessage> messages = new ArrayList<>();
        FeedMessage first = received.queue.poll(waitMillis, TimeUnit.MILLISECONDS);
        if (first != null) {
            messages.add(first);
            received.queue.drainTo(messages, most - 1);
        }
        return messages;
    }

    /** The time since the last message, in nanoseconds. Pings do not count. */
    long silentNanos() {
        return System.nanoTime() - received.lastNanos;
    }

    /** Sends the next message, if there is one and the last one was sent at least a second ago. */
    void sendNext() {
        boolean isDue = sentNanos == 0 || System.nanoTime() - sentNanos >= BETWEEN_SENDS_NANOS;
        @Nullable String next = isDue && session.isOpen() ? unsent.poll() : null;
        if (next != null) {
            sentNanos = System.nanoTime();
            send(next);
        }
    }

    /**
     * Asynchronous, because a feed that does not read must not block the monitor. The monitor finds such a feed dead.
     */
    private void send(String text) {
        try {
            session.getAsyncRemote().sendText(text, result -> {
                if (!result.isOK()) {
                    log.warn("sending to the feed failed: {}", String.valueOf(result.getException()));
                    close();
                }
            });
        } catch (RuntimeException e) { // Tyrus has no exception type for a connection that has just been closed
            log.warn("sending to the feed failed: {}", e.getMessage());
            close();
        }
    }

    /** Closes the connection. Messages that were not taken are lost. */
    @Override
    public void close() {
        received.close();
    }

    /** Passes the frames of a connection on, and logs its end. */
    private static final class ReceivingEndpoint extends Endpoint {

        private final Received received;
        private final String maskedUrl;

        ReceivingEndpoint(Received received, String maskedUrl) {
            this.received = received;
            this.maskedUrl = maskedUrl;
        }

        @Override
        public void onOpen(Session opened, EndpointConfig config) {
            received.onOpen(opened);
            opened.setMaxTextMessageBufferSize(MAX_FRAME_CHARS);
            opened.addMessageHandler(String.class, (MessageHandler.Whole<String>) received::onFrame);
        }

        @Override
        public void onClose(Session closed, CloseReason reason) {
            log.info("feed {} closed: {} {}", maskedUrl, reason.getCloseCode(), reason.getReasonPhrase());
        }

        @Override
        public void onError(Session failed, Throwable thrown) {
            log.warn("feed {}: {}", maskedUrl, shortened(thrown.toString()));
        }

        /** Some of Tyrus' errors contain a whole session as text. */
        private static String shortened(String message) {
            return message.length() <= LONGEST_ERROR ? message : message.substring(0, LONGEST_ERROR) + "…";
        }
    }

    /**
     * The messages of one connection. Each connection has its own, so that late frames never mix with those of the
     * next.
     */
    private static final class Received {

        private final BlockingQueue<FeedMessage> queue = new ArrayBlockingQueue<>(QUEUE);
        private final FrameReader reader = new FrameReader();
        private final MonitorCounters counters;
        private final ConnectionTicks ticks;
        private volatile long lastNanos = System.nanoTime();
        private volatile boolean closed;
        private volatile @Nullable Session session;

        Received(MonitorCounters counters, ConnectionTicks ticks) {
            this.counters = counters;
            this.ticks = ticks;
        }

        void onOpen(Session opened) {
            session = opened;
            if (closed) {
                close();
            }
        }

        /** Closes the connection, now or as soon as it opens, and ignores what it still receives. */
        void close() {
            closed = true;
            Session open = session;
            try {
                if (open != null) {
                    open.close();
                }
            } catch (IOException | IllegalStateException e) {
                log.debug("feed connection did not close: {}", e.getMessage());
            }
        }

        /**
         * One thread at a time calls this. A failure would leave out ticks, so it ends the connection; the next one
         * requests them again.
         */
        void onFrame(String text) {
            try {
                read(text);
            } catch (RuntimeException | Error e) {
                close();
                ThreadFailures.count("feed-client", e);
                throw e;
            }
        }

        private void read(String text) {
            if (closed) {
                return;
            }
            lastNanos = System.nanoTime();
            FrameReader.Frame frame = reader.read(text);
            for (String problem : frame.problems()) {
                counters.badTicks.increment();
                problems.warn(problem);
            }
            try {
                for (FeedMessage message : frame.messages()) {
                    if (put(message) && isTick(message)) {
                        counters.ticksReceived.increment();
                        ticks.received();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static boolean isTick(FeedMessage message) {
            return message instanceof FeedMessage.TickMessage || message instanceof FeedMessage.VendorTrade;
        }

        /** Waits for room in the queue. Returns false if the connection is closed first. */
        private boolean put(FeedMessage message) throws InterruptedException {
            boolean isQueued = false;
            while (!isQueued && !closed) {
                isQueued = queue.offer(message, FULL_QUEUE_MILLIS, TimeUnit.MILLISECONDS);
                lastNanos = System.nanoTime();
            }
            return isQueued;
        }
    }
}
