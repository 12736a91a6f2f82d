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

/** A feed for servers to follow, which sends what a test says, and can be replaced. Not thread-safe. */
public final class Upstream implements AutoCloseable {

    private PriceFeed feed;
    private HttpServer server;

    private Upstream(PriceFeed feed, HttpServer server) {
        this.feed = feed;
        this.server = server;
    }

    /** Starts one whose first tick has a number. */
    public static Upstream from(long firstSeq) throws IOException {
        PriceFeed feed = new PriceFeed(FeedLimits.DEFAULT, firstSeq);
        return new Upstream(feed, serve(feed, 0));
    }

    public URI uri() {
        return URI.create("ws://127.0.0.1:" + server.port() + FeedEndpoint.PATH);
    }

    /** Sends a price of now. */
    public void say(String ticker, String price) {
        long now = EpochNanos.of(Instant.now());
        feed.publish(ticker, now - now % 1_000, FixedDecimal.parse(price), FixedDecimal.ONE);
    }

    /** How many follow it. */
    public int followers() {
        return feed.connectionCount();
    }

    /** Ends it without a word and starts another at its address. */
    public void replaceFrom(long firstSeq) throws IOException {
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
