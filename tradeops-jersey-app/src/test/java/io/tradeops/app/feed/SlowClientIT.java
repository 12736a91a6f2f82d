package io.tradeops.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.Eventually;
import io.tradeops.app.http.HttpServer;
import io.tradeops.core.trade.FixedDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that read slowly or not at all. */
class SlowClientIT {

    private static final String EVERYTHING = "{\"action\":\"subscribe\",\"tickers\":[\"*\"]}";

    private static final String NEWEST = "{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"policy\":\"conflate\"}";

    /** More bytes than the kernel takes for who doesn't read, and fewer ticks than the feed holds. */
    private static final int MANY = 60_000;

    private static final int ROUNDS = 20;

    /** What it is subscribed to, what was sent before it stopped to read, what is newest, and a heartbeat or two. */
    private static final int MOST_FRAMES = 6;

    private static final int RECEIVE_BUFFER = 4_096;

    private final PriceFeed feed = new PriceFeed(FeedLimits.DEFAULT, 1);

    @SuppressWarnings("NullAway.Init") // start() sets it
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.start("127.0.0.1", 0, List.of(), List.of(FeedEndpoint.of(feed, InstantSource.system())));
    }

    @AfterEach
    void stop() throws Exception {
        feed.close();
        server.close();
    }

    @Test
    void clientThatNeverReadsIsToldAndCutWithinTenSecondsAndDelaysNobody() throws Exception {
        try (RawWebSocket conflating = connectSlow(NEWEST);
                RawWebSocket never = connectSlow(EVERYTHING);
                RawWebSocket tooLate = connectSlow(EVERYTHING);
                FeedListener other = FeedListener.connect(uri())) {
            long stopped = System.nanoTime();
            other.send(EVERYTHING);
            Eventually.await("all are there", () -> feed.connectionCount() == 4);
            publish(MANY);
            Eventually.await("the other has all", () -> other.count("\"seq\":" + MANY + ",") == 1);
            assertSilentClientIsSubscribedInTime();

            Eventually.await("both are told", () -> feed.slowClients() == 2);
            assertThat(tooLate.readCloseCode()).isEqualTo(1013);
            Eventually.await("both are cut", () -> feed.connectionCount() == 2);
            assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(Duration.ofSeconds(10));
            assertThat(never.readCloseCode()).isEqualTo(1006);
            assertThat(other.closed()).isNotDone();
            assertThat(framesUpTo(MANY, conflating)).isLessThan(MOST_FRAMES);
        }
    }

    @Test
    void conflatingClientThatReadsLateGetsWhatIsNewestThen() throws Exception {
        try (RawWebSocket conflating = connectSlow(NEWEST);
                FeedListener other = FeedListener.connect(uri())) {
            other.send(EVERYTHING);
            Eventually.await("both are there", () -> feed.connectionCount() == 2);
            int published = 0;
            for (int round = 0; round < ROUNDS; round++) {
                published = publishAndAwait(10, other);
            }
            assertThat(framesUpTo(published, conflating)).isLessThan(MOST_FRAMES);

            published = publishAndAwait(1, other);
            assertThat(framesUpTo(published, conflating)).isLessThan(MOST_FRAMES);
        }
    }

    private int publishAndAwait(int count, FeedListener other) throws Exception {
        publish(count);
        long last = feed.lastSeq();
        Eventually.await("the other has them", () -> other.count("\"seq\":" + last + ",") == 1);
        return (int) last;
    }

    /** How many it has to read until it has a tick. */
    private static int framesUpTo(int seq, RawWebSocket client) throws Exception {
        int frames = 1;
        while (!client.readText().contains("\"seq\":" + seq + ",")) {
            frames++;
        }
        return frames;
    }

    /** Nothing that the feed does by the clock waits for who doesn't read. */
    private void assertSilentClientIsSubscribedInTime() throws Exception {
        long begun = System.nanoTime();
        try (FeedListener silent = FeedListener.connect(uri())) {
            Eventually.await("it is subscribed", () -> silent.all().contains("subscription"));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    }

    private RawWebSocket connectSlow(String command) throws Exception {
        RawWebSocket client = RawWebSocket.connect(server.port(), RECEIVE_BUFFER);
        client.send(RawWebSocket.FINAL | RawWebSocket.TEXT, command.getBytes(StandardCharsets.UTF_8));
        return client;
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            feed.publish("T" + i % 10, FixedDecimal.ONE, FixedDecimal.ONE, 1_763_649_000_000_000_000L);
        }
    }

    private URI uri() {
        return URI.create("ws://127.0.0.1:" + server.port() + FeedEndpoint.PATH);
    }
}
