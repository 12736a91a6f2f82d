package io.tradeops.app.monitor;

import io.tradeops.app.db.MaskedUrl;
import io.tradeops.app.feed.FeedCommand;
import io.tradeops.app.feed.FeedFormatException;
import io.tradeops.app.feed.FeedJson;
import io.tradeops.app.feed.FeedMessage;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to a feed, from connect to close, with the queue of what it receives; reads on as that has room. */
final class FeedClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FeedClient.class);

    private static final int HANDSHAKE_MILLIS = 10_000;
    private static final int MAX_FRAME_CHARS = 4 << 20;
    private static final int QUEUE = 20_000;
    private static final long FULL_QUEUE_MILLIS = 100;

    private final Session session;
    private final Received received;

    private FeedClient(Session session, Received received) {
        this.session = session;
        this.received = received;
    }

    /**
     * Connects and subscribes to every ticker.
     *
     * @param key the API key that the feed asks for; empty if it asks for none
     * @param fromSeq the first tick that is wanted
     * @throws IOException if the feed can't be reached
     */
    static FeedClient connect(ClientManager container, URI feed, String key, long fromSeq) throws IOException {
        String shown = MaskedUrl.of(feed.toString());
        Received received = new Received();
        Endpoint endpoint = new Endpoint() {
            @Override
            public void onOpen(Session opened, EndpointConfig config) {
                opened.setMaxTextMessageBufferSize(MAX_FRAME_CHARS);
                opened.addMessageHandler(String.class, (MessageHandler.Whole<String>) received::onFrame);
            }

            @Override
            public void onClose(Session closed, CloseReason reason) {
                log.info("feed {} closed: {} {}", shown, reason.getCloseCode(), reason.getReasonPhrase());
            }

            @Override
            public void onError(Session failed, Throwable thrown) {
                log.warn("feed {}: {}", shown, thrown.toString());
            }
        };
        try {
            ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                    .configurator(showing(key))
                    .build();
            Session session = container.connectToServer(endpoint, config, feed);
            FeedClient client = new FeedClient(session, received);
            client.subscribe(fromSeq);
            return client;
        } catch (DeploymentException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
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

    /** A container for any number of connections, with one set of threads. */
    static ClientManager newContainer() {
        ClientManager container = ClientManager.createClient();
        container.getProperties().put(ClientProperties.HANDSHAKE_TIMEOUT, HANDSHAKE_MILLIS);
        container.getProperties().put(ClientProperties.SHARED_CONTAINER, true);
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

    /** Ends the connection; what it still receives is lost. */
    @Override
    public void close() {
        received.abandoned = true;
        try {
            session.close();
        } catch (IOException | IllegalStateException e) {
            log.debug("feed connection did not close: {}", e.getMessage());
        }
    }

    private void subscribe(long fromSeq) throws IOException {
        FeedCommand all = new FeedCommand.Subscribe(List.of(FeedCommand.ALL), OptionalLong.of(fromSeq));
        try {
            session.getBasicRemote().sendText(FeedJson.encode(all));
        } catch (IOException | IllegalStateException e) {
            close();
            throw new IOException("it closed at once", e);
        }
    }

    /** What one connection has received; its own, so that nothing late of it gets among what the next one brings. */
    private static final class Received {

        private final BlockingQueue<FeedMessage> queue = new ArrayBlockingQueue<>(QUEUE);
        private volatile long lastNanos = System.nanoTime();
        private volatile boolean abandoned;

        void onFrame(String frame) {
            lastNanos = System.nanoTime();
            try {
                for (FeedMessage message : FeedJson.decodeMessages(frame)) {
                    put(message);
                }
            } catch (FeedFormatException e) {
                log.warn("feed sent what is not of its format: {}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void put(FeedMessage message) throws InterruptedException {
            boolean taken = false;
            while (!taken && !abandoned) {
                taken = queue.offer(message, FULL_QUEUE_MILLIS, TimeUnit.MILLISECONDS);
                lastNanos = System.nanoTime();
            }
        }
    }
}
