package io.tradeops.app.monitor;

import io.tradeops.app.db.MaskedUrl;
import io.tradeops.app.feed.wire.FeedMessage;
import io.tradeops.app.feed.wire.FrameReader;
import io.tradeops.app.log.RateLimitedLog;
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

/** One connection to a feed, from connect to close, with the queue of what it receives; reads on as that has room. */
final class FeedClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FeedClient.class);
    private static final RateLimitedLog problems = new RateLimitedLog(log, "feed sent what can't be read");

    private static final Duration SHORTEST_HANDSHAKE = Duration.ofSeconds(1);
    private static final Duration LONGEST_HANDSHAKE = Duration.ofSeconds(5);
    private static final int MAX_FRAME_CHARS = 4 << 20;
    private static final int QUEUE = 20_000;
    private static final long FULL_QUEUE_MILLIS = 100;
    private static final int LONGEST_ERROR = 200;
    private static final long SEND_TIMEOUT_MILLIS = 5_000;

    /** A vendor wants to have answered one message before it gets the next. */
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
     * @param key the API key that the feed asks for; empty if it asks for none
     * @param messages what the feed is sent, in order
     * @param ticks counts what comes
     * @throws IOException if the feed can't be reached
     */
    static FeedClient connect(
            ClientManager container,
            URI feed,
            String key,
            List<String> messages,
            MonitorCounters counters,
            ConnectionTicks ticks)
            throws IOException, InterruptedException {
        String shown = MaskedUrl.of(feed.toString());
        Received received = new Received(counters, ticks);
        Endpoint endpoint = new Endpoint() {
            @Override
            public void onOpen(Session opened, EndpointConfig config) {
                received.open(opened);
                opened.setMaxTextMessageBufferSize(MAX_FRAME_CHARS);
                opened.addMessageHandler(String.class, (MessageHandler.Whole<String>) received::onFrame);
            }

            @Override
            public void onClose(Session closed, CloseReason reason) {
                log.info("feed {} closed: {} {}", shown, reason.getCloseCode(), reason.getReasonPhrase());
            }

            @Override
            public void onError(Session failed, Throwable thrown) {
                log.warn("feed {}: {}", shown, cut(thrown.toString()));
            }
        };
        try {
            ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                    .configurator(showing(key))
                    .build();
            Session session = open(() -> container.connectToServer(endpoint, config, feed));
            session.getAsyncRemote().setSendTimeout(SEND_TIMEOUT_MILLIS);
            FeedClient client = new FeedClient(session, received, messages);
            client.sendNext();
            return client;
        } catch (IOException | InterruptedException e) {
            received.abandon(); // an answer may still come
            throw e;
        } catch (IllegalStateException e) {
            received.abandon();
            throw new IOException("it closed at once", e);
        }
    }

    /** In a thread of its own: one that is interrupted in there leaves Tyrus' threads behind. */
    private static Session open(Callable<Session> connecting) throws IOException, InterruptedException {
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

    /** Tyrus says all that it knows of a session with some errors. */
    private static String cut(String message) {
        return message.length() <= LONGEST_ERROR ? message : message.substring(0, LONGEST_ERROR) + "…";
    }

    private static ClientEndpointConfig.Configurator showing(String key) {
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
     * A container for one connection after another. Each has threads of its own and ends with them: among shared ones
     * Tyrus leaves a connection open whose server doesn't answer the handshake. How long it waits is for connecting, TLS
     * and the answer each; a cut during them it doesn't notice.
     *
     * @param deadAfter how long a connection may be without a message
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

    /** Whether more may come. */
    boolean isOpen() {
        return session.isOpen() || !received.queue.isEmpty();
    }

    /** The next messages; none if none comes for a while. */
    List<FeedMessage> take(int most, long waitMillis) throws InterruptedException {
        List<FeedMessage> messages = new ArrayList<>();
        FeedMessage first = received.queue.poll(waitMillis, TimeUnit.MILLISECONDS);
        if (first != null) {
            messages.add(first);
            received.queue.drainTo(messages, most - 1);
        }
        return messages;
    }

    /** How long no message has come, whatever pings there were. */
    long silentNanos() {
        return System.nanoTime() - received.lastNanos;
    }

    /** Sends the next message, if there is one and the last was some time ago. */
    void sendNext() {
        boolean isDue = sentNanos == 0 || System.nanoTime() - sentNanos >= BETWEEN_SENDS_NANOS;
        @Nullable String next = isDue && session.isOpen() ? unsent.poll() : null;
        if (next != null) {
            sentNanos = System.nanoTime();
            send(next);
        }
    }

    /** A feed that doesn't read must not hold up the monitor, whose watchdog finds it dead. */
    private void send(String text) {
        try {
            session.getAsyncRemote().sendText(text, result -> {
                if (!result.isOK()) {
                    log.warn("feed did not take what it was sent: {}", String.valueOf(result.getException()));
                    close();
                }
            });
        } catch (RuntimeException e) { // Tyrus has no type of its own for a connection that has just been closed
            log.warn("feed did not take what it was sent: {}", e.getMessage());
            close();
        }
    }

    /** Ends the connection; what it still receives is lost. */
    @Override
    public void close() {
        received.abandon();
    }

    /** What one connection has received; its own, so that nothing late of it gets among what the next one brings. */
    private static final class Received {

        private final BlockingQueue<FeedMessage> queue = new ArrayBlockingQueue<>(QUEUE);
        private final FrameReader reader = new FrameReader();
        private final MonitorCounters counters;
        private final ConnectionTicks ticks;
        private volatile long lastNanos = System.nanoTime();
        private volatile boolean abandoned;
        private volatile @Nullable Session session;

        Received(MonitorCounters counters, ConnectionTicks ticks) {
            this.counters = counters;
            this.ticks = ticks;
        }

        /** From now on it comes from there. */
        void open(Session opened) {
            session = opened;
            if (abandoned) {
                abandon();
            }
        }

        /** Nobody takes any more of it. */
        void abandon() {
            abandoned = true;
            Session open = session;
            try {
                if (open != null) {
                    open.close();
                }
            } catch (IOException | IllegalStateException e) {
                log.debug("feed connection did not close: {}", e.getMessage());
            }
        }

        /** Called by one thread at a time. */
        void onFrame(String text) {
            if (abandoned) {
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

        /** Whether it is in the queue; not if nobody takes any more. */
        private boolean put(FeedMessage message) throws InterruptedException {
            boolean taken = false;
            while (!taken && !abandoned) {
                taken = queue.offer(message, FULL_QUEUE_MILLIS, TimeUnit.MILLISECONDS);
                lastNanos = System.nanoTime();
            }
            return taken;
        }
    }
}
