package io.tradeops.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.access.Access;
import io.tradeops.app.access.Keys;
import io.tradeops.app.http.HttpServer;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.FeedListener;
import io.tradeops.app.support.RawWebSocket;
import io.tradeops.app.support.ServedFeed;
import io.tradeops.core.trade.FixedDecimal;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client's commands cost, and the client that does not read the answers. */
class FeedCommandIT {

    private static final String NEWEST = "{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"policy\":\"conflate\"}";
    private static final int RECEIVE_BUFFER = 4_096;
    private static final int RETAINED = 130_000;

    /** Their newest ticks are more than the buffers between server and client hold. */
    private static final int MANY_TICKERS = 60_000;

    @RegisterExtension
    final ServedFeed served = ServedFeed.with(new FeedLimits(RETAINED, 10, 10));

    private final PriceFeed feed = served.feed();

    @Test
    void subscriptionBeyondAThousandTickersIsACountAndTheChange() throws Exception {
        try (FeedListener client = FeedListener.connect(served.uri())) {
            client.send(command("subscribe", 0, 1_000));
            awaitText(client, "{\"type\":\"subscription\",\"tickers\":" + names(0, 1_000) + "}");
            client.send(command("subscribe", 500, 1_500));
            awaitText(
                    client,
                    "{\"type\":\"subscription\",\"count\":1500,\"added\":" + names(1_000, 1_500) + ",\"removed\":[]}");
            client.send(command("subscribe", 0, 1_500));
            awaitText(client, "{\"type\":\"subscription\",\"count\":1500,\"added\":[],\"removed\":[]}");
            client.send("{\"action\":\"unsubscribe\",\"tickers\":[\"T7\",\"T7\",\"NONE\"]}");
            awaitText(client, "{\"type\":\"subscription\",\"count\":1499,\"added\":[],\"removed\":[\"T7\"]}");
            client.send(command("unsubscribe", 0, 500));
            awaitText(client, "{\"type\":\"subscription\",\"tickers\":" + names(500, 1_500) + "}");
            client.send(command("subscribe", 0, 1));
            client.send("{\"action\":\"subscribe\",\"tickers\":[\"*\"]}");
            awaitText(client, "{\"type\":\"subscription\",\"tickers\":[\"*\"]}");
            client.send("{\"action\":\"unsubscribe\",\"tickers\":[\"*\"]}");
            awaitText(client, "{\"type\":\"subscription\",\"count\":1001,\"added\":[],\"removed\":[\"*\"]}");
        }
    }

    @Test
    void largeCommandsAreRefusedBeforeSmallOnes() throws Exception {
        try (FeedListener small = FeedListener.connect(served.uri());
                FeedListener large = FeedListener.connect(served.uri())) {
            for (int i = 0; i < 20; i++) {
                small.send("{\"action\":\"subscribe\",\"tickers\":[\"T1\"]}");
                large.send(command("subscribe", 0, 8_000));
            }
            Eventually.await("the small ones are answered", () -> small.count("subscription") == 20);
            Eventually.await("all are answered", () -> large.count("subscription") + large.count("\"code\":429") == 20);
            assertThat(large.count("subscription")).isBetween(4L, 15L);
        }
    }

    @Test
    void replaysOfTheWholeBufferAreRefusedBeforeLongToo() throws Exception {
        for (int i = 0; i < RETAINED; i++) {
            publish("T" + i % 10);
        }
        try (FeedListener client = FeedListener.connect(served.uri())) {
            for (int i = 0; i < 20; i++) {
                client.send("{\"action\":\"subscribe\",\"tickers\":[\"NONE\"],\"from_seq\":1}");
            }
            Eventually.await(
                    "all are answered", () -> client.count("subscription") + client.count("\"code\":429") == 20);
            assertThat(client.count("subscription")).isBetween(1L, 10L);
            publish("NONE");
            Eventually.await("the tick has arrived", () -> client.seqs().equals(List.of(RETAINED + 1L)));
        }
    }

    @Test
    void clientThatAnswersPingsWithoutReadingThemIsClosed() throws Exception {
        try (RawWebSocket client = RawWebSocket.connect(served.port(), RECEIVE_BUFFER)) {
            Eventually.await("it is connected", () -> feed.connectionCount() == 1);
            long start = System.nanoTime();
            Eventually.await("it is cut", () -> {
                sendUnlessClosed(client, RawWebSocket.PONG, "");
                return feed.connectionCount() == 0;
            });
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            assertThat(feed.slowClients()).isEqualTo(1);
        }
    }

    @Test
    void conflatingClientThatDoesNotReadTheAnswerToItsCommandIsClosed() throws Exception {
        for (int i = 0; i < MANY_TICKERS; i++) {
            publish("T" + i);
        }
        try (RawWebSocket client = RawWebSocket.connect(served.port(), RECEIVE_BUFFER)) {
            sendUnlessClosed(client, RawWebSocket.TEXT, NEWEST.replace("}", ",\"from_seq\":1}"));
            assertThat(client.readText()).contains("subscription");
            client.awaitText(); // that of the ticks, which is too large to be sent
            long start = System.nanoTime();
            sendUnlessClosed(client, RawWebSocket.TEXT, NEWEST);
            Eventually.await("it is cut", () -> feed.connectionCount() == 0);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void failureOfOneConnectionEndsNoOther() throws Exception {
        AtomicBoolean fails = new AtomicBoolean();
        Keys keys = key -> {
            if (key.equals("bad") && fails.get()) {
                throw new IllegalStateException("this key cannot be checked");
            }
            return Access.OPEN;
        };
        PriceFeed guarded = new PriceFeed(new FeedLimits(100, 10, 10), 1);
        try (HttpServer server = HttpServer.start(
                "127.0.0.1", 0, List.of(), List.of(FeedEndpoint.of(guarded, InstantSource.system(), keys)))) {
            URI uri = URI.create("ws://127.0.0.1:" + server.port() + "/prices");
            try (FeedListener bad = FeedListener.connect(uri);
                    FeedListener good = FeedListener.connect(uri)) {
                bad.send("{\"action\":\"auth\",\"key\":\"bad\"}");
                Eventually.await(
                        "both are subscribed", () -> bad.count("subscription") + good.count("subscription") == 2);
                fails.set(true);
                Eventually.await("heartbeats come", () -> good.count("heartbeat") >= 2);
                Eventually.await("the other is closed", () -> bad.closed().isDone());
                assertThat(bad.closed().get()).isEqualTo(1011);
                assertThat(good.closed()).isNotDone();
            }
        } finally {
            guarded.close();
        }
    }

    private void publish(String ticker) {
        feed.publish(ticker, 1_763_649_000_000_000_000L, FixedDecimal.ONE, FixedDecimal.ONE);
    }

    private static void sendUnlessClosed(RawWebSocket client, int opcode, String text) throws Exception {
        try {
            client.send(RawWebSocket.FINAL | opcode, text.getBytes(StandardCharsets.UTF_8));
        } catch (SocketException e) {
            assertThat(e).isNotNull(); // the server has closed the connection
        }
    }

    private static void awaitText(FeedListener client, String text) throws Exception {
        Eventually.await("this comes: " + text, () -> client.count(text) == 1);
    }

    private static String command(String action, int from, int to) {
        return "{\"action\":\"" + action + "\",\"tickers\":" + names(from, to) + "}";
    }

    private static String names(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "\"T" + i + "\"").collect(Collectors.joining(",", "[", "]"));
    }
}
