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

/** The feed's WebSocket endpoint, one instance per client. */
public final class FeedEndpoint extends Endpoint {

    /** Where it is. */
    public static final String PATH = "/prices";

    /** The user property that holds the key that came with the upgrade. */
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

    /** What to deploy to serve a feed to everybody. */
    public static ServerEndpointConfig of(PriceFeed feed, InstantSource clock) {
        return of(feed, clock, Keys.notNeeded());
    }

    /** What to deploy to serve a feed to clients that show a key, with the upgrade or by {@code auth}. */
    public static ServerEndpointConfig of(PriceFeed feed, InstantSource clock, Keys keys) {
        return ServerEndpointConfig.Builder.create(FeedEndpoint.class, PATH)
                .configurator(new ServerEndpointConfig.Configurator() {
                    @Override
                    public <T> T getEndpointInstance(Class<T> type) {
                        return type.cast(new FeedEndpoint(feed, clock, keys));
                    }

                    @Override
                    public void modifyHandshake(
                            ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
                        config.getUserProperties().put(KEY, BearerKey.of(request.getHeaders()));
                    }

                    @Override
                    public List<Extension> getNegotiatedExtensions(List<Extension> ours, List<Extension> asked) {
                        return List.of(); // compressing for each client costs more than the frames do
                    }

                    @Override
                    public boolean checkOrigin(String origin) {
                        return true; // the server has compared it with Host before
                    }
                })
                .build();
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        FeedConnection connection = feed.connect(
                session,
                clock,
                new FeedKey(keys, String.valueOf(config.getUserProperties().get(KEY))));
        session.addMessageHandler(String.class, (MessageHandler.Whole<String>) connection::onFrame);
        session.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> connection.onPong());
        // in parts, so that nothing of it is kept
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
}
