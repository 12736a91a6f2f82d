package io.tradeops.app;

import io.tradeops.app.access.Keys;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.feed.FeedDriver;
import io.tradeops.app.feed.FeedEndpoint;
import io.tradeops.app.feed.FeedLimits;
import io.tradeops.app.feed.PriceFeed;
import io.tradeops.app.feed.market.TickSource;
import io.tradeops.app.http.HttpServer;
import io.tradeops.app.http.HttpSettings;
import io.tradeops.app.http.RequestListener;
import io.tradeops.app.site.HealthResource;
import io.tradeops.jobs.thread.LoopWatch;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The composition root of a price feed alone: no database, no jobs, no page. */
public final class FeedServer {

    private FeedServer() {}

    /**
     * Starts to serve a source's ticks.
     *
     * @param config the settings, with a loopback address
     * @param firstSeq the sequence number of the first tick
     * @param source the source of the ticks
     * @param ticksPerSecond the approximate number of ticks per second
     * @param parts closes what is started
     * @return the feed's address
     * @throws IOException if the server fails to listen on the address and port
     * @throws IllegalArgumentException if the address is not a loopback address
     */
    public static URI start(ServerConfig config, long firstSeq, TickSource source, int ticksPerSecond, Closer parts)
            throws IOException {
        HttpSettings settings = config.http().withRateLimit(0);
        if (!settings.isLoopback()) {
            throw new IllegalArgumentException("TRADEOPS_HOST=" + settings.host()
                    + " is not a loopback address, and a feed alone has no API keys; serve 127.0.0.1");
        }
        InstantSource clock = InstantSource.system();
        Closer own = parts.inner();
        PriceFeed feed = own.first()
                .add(new PriceFeed(
                        FeedLimits.DEFAULT.withConnectionsPerAddress(
                                config.perAddress().feedClients()),
                        firstSeq));
        LoopWatch threads = own.add(LoopWatch.start());
        threads.add(feed::loops);
        HttpServer http = own.add(HttpServer.start(
                settings.withLoopbackNames(),
                Keys.notNeeded(),
                List.of(new HealthResource(Map.of("threads", threads::problem), () -> Readiness.isAlive(threads))),
                List.of(FeedEndpoint.of(feed, clock)),
                RequestListener.NONE));
        threads.add(http::loops);
        FeedDriver driver = own.first().add(FeedDriver.start(feed, source, ticksPerSecond, clock));
        threads.add(driver::loops);
        return URI.create("ws://" + http.uri().getAuthority() + FeedEndpoint.PATH);
    }
}
