package io.tradeops.app.monitor;

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
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to a feed, from connect to close. Puts what it receives into a queue; waits where that is full. */
final class FeedClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FeedClient.class);

    private static final int HANDSHAKE_MILLIS = 10_000;
    private static final int MAX_FRAME_CHARS = 4 << 20;

    private final Session session;
    private final AtomicLong lastMessageNanos;

    private FeedClient(Session session, AtomicLong lastMessageNanos) {
        this.session = session;
        this.lastMessageNanos = lastMessageNanos;
    }

    /**
     * Connects and subscribes to every ticker.
     *
     * @param fromSeq the first tick that is wanted
     * @param received where the messages go
     * @throws IOException if the feed can't be reached
     */
    static FeedClient connect(ClientManager container, URI feed, long fromSeq, BlockingQueue<FeedMessage> received)
            throws IOException {
        AtomicLong lastMessageNanos = new AtomicLong(System.nanoTime());
        Endpoint endpoint = new Endpoint() {
            @Override
            public void onOpen(Session opened, EndpointConfig config) {
                opened.setMaxTextMessageBufferSize(MAX_FRAME_CHARS);
                opened.addMessageHandler(String.class, (MessageHandler.Whole<String>)
                        frame -> receive(frame, received, lastMessageNanos));
            }

            @Override
            public void onClose(Session closed, CloseReason reason) {
                log.info("feed {} closed: {} {}", feed, reason.getCloseCode(), reason.getReasonPhrase());
            }

            @Override
            public void onError(Session failed, Throwable thrown) {
                log.warn("feed {}: {}", feed, thrown.toString());
            }
        };
        try {
            Session session = container.connectToServer(
                    endpoint, ClientEndpointConfig.Builder.create().build(), feed);
            session.getBasicRemote()
                    .sendText(FeedJson.encode(
                            new FeedCommand.Subscribe(List.of(FeedCommand.ALL), OptionalLong.of(fromSeq))));
            return new FeedClient(session, lastMessageNanos);
        } catch (DeploymentException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A container for any number of connections, with one set of threads. */
    static ClientManager newContainer() {
        ClientManager container = ClientManager.createClient();
        container.getProperties().put(ClientProperties.HANDSHAKE_TIMEOUT, HANDSHAKE_MILLIS);
        container.getProperties().put(ClientProperties.SHARED_CONTAINER, true);
        container.setDefaultMaxTextMessageBufferSize(MAX_FRAME_CHARS);
        return container;
    }

    boolean isOpen() {
        return session.isOpen();
    }

    /** How long no message has come, whatever pings there were. */
    long silentNanos() {
        return System.nanoTime() - lastMessageNanos.get();
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (IOException | IllegalStateException e) {
            log.debug("feed connection did not close: {}", e.getMessage());
        }
    }

    private static void receive(String frame, BlockingQueue<FeedMessage> received, AtomicLong lastMessageNanos) {
        lastMessageNanos.set(System.nanoTime());
        try {
            for (FeedMessage message : FeedJson.decodeMessages(frame)) {
                received.put(message);
                lastMessageNanos.set(System.nanoTime());
            }
        } catch (FeedFormatException e) {
            log.warn("feed sent what is not of its format: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
