package io.tradeops.app.feed;

import io.tradeops.app.access.BearerKey;
import io.tradeops.app.access.Keys;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The feed's WebSocket endpoint, one instance for each client. Thread-safe. */
public final class FeedEndpoint extends Endpoint {

    /** The endpoint's path. */
    public static final String PATH = "/prices";

    /** The user property with the key of the upgrade request. */
    private static final String KEY = "io.tradeops.key";

    private static final Logger log = LoggerFactory.getLogger(FeedEndpoint.class);

    private final PriceFeed feed;
    private final InstantSource clock;
    private final Keys keys;

    private FeedEndpoint(PriceFeed feed, InstantSource clock, Keys keys) {
        this.feed = feed;
        this.clock = clock;
        this.keys = keys;
    }

    /** The endpoint to deploy for a feed without keys. */
    public static ServerEndpointConfig of(PriceFeed feed, InstantSource clock) {
        return of(feed, clock, Keys.notNeeded());
    }

    /** The endpoint to deploy for a feed whose clients need a key, in the upgrade request or in an {@code auth} command. */
    public static ServerEndpointConfig of(PriceFeed feed, InstantSource clock, Keys keys) {
        return ServerEndpointConfig.Builder.create(FeedEndpoint.class, PATH)
                .configurator(new Configurator(feed, clock, keys))
                .build();
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        FeedConnection connection = feed.connect(
                session,
                clock,
                new FeedKey(keys, String.valueOf(config.getUserProperties().get(KEY)), PriceFeed.network(session)));
        session.addMessageHandler(String.class, (MessageHandler.Whole<String>) connection::onFrame);
        session.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>)
                pong -> connection.onPong(pong.getApplicationData()));
        // in parts, so that the frame is not buffered
        session.addMessageHandler(byte[].class, (MessageHandler.Partial<byte[]>) (part, last) -> connection.onBinary());
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        feed.disconnect(session);
    }

    @Override
    public void onError(Session session, Throwable thrown) {
        log.debug("feed client {}: {}", session.getId(), thrown.toString());
    }

    private static final class Configurator extends ServerEndpointConfig.Configurator {

        private final PriceFeed feed;
        private final InstantSource clock;
        private final Keys keys;

        Configurator(PriceFeed feed, InstantSource clock, Keys keys) {
            this.feed = feed;
            this.clock = clock;
            this.keys = keys;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(new FeedEndpoint(feed, clock, keys));
        }

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            config.getUserProperties().put(KEY, BearerKey.of(request.getHeaders()));
        }

        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return List.of(); // compression for each client costs more than the frames
        }

        @Override
        public boolean checkOrigin(String origin) {
            return true; // the server has already compared it with Host
        }
    }
}
