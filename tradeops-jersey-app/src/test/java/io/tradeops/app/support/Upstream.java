package io.tradeops.app.support;

import io.tradeops.app.feed.FeedEndpoint;
import io.tradeops.app.feed.FeedLimits;
import io.tradeops.app.feed.PriceFeed;
import io.tradeops.app.http.HttpServer;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A feed for servers to follow. A test publishes its ticks one by one, and can restart it. Not thread-safe. */
public final class Upstream implements AutoCloseable {

    private PriceFeed feed;
    private HttpServer server;

    private Upstream(PriceFeed feed, HttpServer server) {
        this.feed = feed;
        this.server = server;
    }

    /** Starts a feed whose first tick has the sequence number {@code firstSeq}. */
    public static Upstream from(long firstSeq) throws IOException {
        PriceFeed feed = new PriceFeed(FeedLimits.DEFAULT, firstSeq);
        return new Upstream(feed, serve(feed, 0));
    }

    /** The URL to follow it at; the same after a restart. */
    public URI uri() {
        return URI.create("ws://127.0.0.1:" + server.port() + FeedEndpoint.PATH);
    }

    /** Publishes a price with the current time. */
    public void publish(String ticker, String price) {
        long now = EpochNanos.truncateToMicros(EpochNanos.of(Instant.now()));
        feed.publish(ticker, now, FixedDecimal.parse(price), FixedDecimal.ONE);
    }

    /** How many clients are connected. */
    public int connections() {
        return feed.connectionCount();
    }

    /** Cuts all clients without a shutdown message, and starts a new feed at the same address. */
    public void restartFrom(long firstSeq) throws IOException {
        int port = server.port();
        close();
        feed = new PriceFeed(FeedLimits.DEFAULT, firstSeq);
        server = serve(feed, port);
    }

    @Override
    public void close() throws IOException {
        server.close();
        feed.close();
    }

    private static HttpServer serve(PriceFeed feed, int port) throws IOException {
        return HttpServer.start("127.0.0.1", port, List.of(), List.of(FeedEndpoint.of(feed, InstantSource.system())));
    }
}
