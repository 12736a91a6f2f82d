package io.tradeops.app.support;

import io.tradeops.app.feed.FeedEndpoint;
import io.tradeops.app.feed.FeedLimits;
import io.tradeops.app.feed.PriceFeed;
import io.tradeops.app.http.HttpServer;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Serves a feed of its own to each test. Thread-safe once it runs. */
public final class ServedFeed implements BeforeEachCallback, AfterEachCallback {

    private final PriceFeed feed;

    @SuppressWarnings("NullAway.Init") // beforeEach() sets it
    private HttpServer server;

    private ServedFeed(PriceFeed feed) {
        this.feed = feed;
    }

    /** A feed with these limits whose first tick has sequence number 1. */
    public static ServedFeed with(FeedLimits limits) {
        return new ServedFeed(new PriceFeed(limits, 1));
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        server = HttpServer.start("127.0.0.1", 0, List.of(), List.of(FeedEndpoint.of(feed, InstantSource.system())));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        feed.close();
        server.close();
    }

    /** The feed, to publish ticks with. */
    public PriceFeed feed() {
        return feed;
    }

    /** The server's port on the loopback address. */
    public int port() {
        return server.port();
    }

    /** The feed's WebSocket URL. */
    public URI uri() {
        return URI.create("ws://127.0.0.1:" + port() + FeedEndpoint.PATH);
    }
}
