package io.tradeops.app.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.app.access.Access;
import io.tradeops.app.access.Keys;
import io.tradeops.app.feed.wire.FeedMessage;
import io.tradeops.app.http.HttpServer;
import io.tradeops.app.http.HttpSettings;
import io.tradeops.app.http.RequestListener;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.FeedListener;
import io.tradeops.app.support.RawWebSocket;
import io.tradeops.app.support.ServedFeed;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The feed's protocol, with the JDK's WebSocket client and raw frames. */
class PriceFeedIT {

    private static final long TIME = 1_763_649_000_000_000_000L;
    private static final int RETAINED = 100;
    /** The most bytes of a client's frame. */
    private static final int MAX_BYTES = 65_536;

    @RegisterExtension
    final ServedFeed served = ServedFeed.with(new FeedLimits(RETAINED, 2_000, 1_000));

    private final PriceFeed feed = served.feed();

    @Test
    void silentClientGetsAllTicks() throws Exception {
        FeedListener client = connect("");
        publish("AAPL", 1);
        Eventually.await(
                "it is subscribed", () -> client.all().contains("{\"type\":\"subscription\",\"tickers\":[\"*\"]}"));
        publish("MSFT", 2);

        Eventually.await("both ticks have arrived", () -> client.seqs().equals(List.of(1L, 2L)));
    }

    @Test
    void clientWithARefusedCommandIsNotSubscribedWithoutAsking() throws Exception {
        FeedListener client = connect("{\"action\":\"subscribe\",\"tickers\":[\"AAPL\"],\"from_seq\":1.5}");
        Eventually.await("it is refused", () -> client.all().contains("\"code\":400"));
        publish("MSFT", 1);

        Eventually.await(
                "a silent client would have been subscribed", () -> client.all().contains("heartbeat"));
        assertThat(client.all()).doesNotContain("subscription");
        assertThat(client.seqs()).isEmpty();
    }

    @Test
    void clientWithoutASubscriptionIsNotTooSlowAndGetsHeartbeats() throws Exception {
        FeedListener client = connect("{\"action\":\"dance\"}");
        for (int i = 1; i <= RETAINED + 50; i++) {
            publish("AAPL", i);
        }
        Eventually.await("a heartbeat comes", () -> client.all().contains("{\"type\":\"heartbeat\",\"last_seq\":150,"));
        client.send("{\"action\":\"subscribe\",\"tickers\":[\"*\"]}");
        Eventually.await("it is subscribed", () -> client.all().contains("subscription"));
        publish("AAPL", 1);

        Eventually.await("it gets the ticks from then on", () -> client.seqs().equals(List.of(151L)));
        assertThat(client.closed()).isNotDone();
    }

    @Test
    void keyDoesNotSubscribeAClientWhoseCommandWasRefusedBefore() throws Exception {
        PriceFeed guarded = new PriceFeed(new FeedLimits(RETAINED, 10, 10), 1);
        Keys keys = key -> key.equals("k") ? Access.OPEN : Access.NONE;
        try (HttpServer server = HttpServer.start(
                        "127.0.0.1", 0, List.of(), List.of(FeedEndpoint.of(guarded, InstantSource.system(), keys)));
                FeedListener silent = FeedListener.connect(URI.create("ws://127.0.0.1:" + server.port() + "/prices"));
                FeedListener client = FeedListener.connect(URI.create("ws://127.0.0.1:" + server.port() + "/prices"))) {
            client.send("{\"action\":\"subscribe\",\"tickers\":[\"AAPL\"]}");
            Eventually.await("it is refused", () -> client.all().contains("\"code\":401"));
            client.send("{\"action\":\"auth\",\"key\":\"k\"}");
            silent.send("{\"action\":\"auth\",\"key\":\"k\"}");
            Eventually.await(
                    "the silent client is subscribed", () -> silent.all().contains("subscription"));
            client.send("{\"action\":\"subscribe\",\"tickers\":[\"MSFT\"]}");
            Eventually.await("it is subscribed", () -> client.all().contains("subscription"));

            assertThat(client.all())
                    .contains("{\"type\":\"subscription\",\"tickers\":[\"MSFT\"]}")
                    .doesNotContain("[\"*\"]");
        } finally {
            guarded.close();
        }
    }

    @Test
    void tickHasTheDocumentedShape() throws Exception {
        FeedListener client = connect("{\"action\":\"subscribe\",\"tickers\":[\"*\"]}");
        feed.publish("BRK.B", 1_763_649_000_123_000_000L, FixedDecimal.parse("189.37"), FixedDecimal.parse("100"));

        Eventually.await("the tick has arrived", () -> !client.seqs().isEmpty());
        assertThat(client.all())
                .contains("{\"type\":\"tick\",\"seq\":1,\"ticker\":\"BRK.B\",\"price\":189.37,\"quantity\":100,"
                        + "\"timestamp\":\"2025-11-20T14:30:00.123Z\"}");
    }

    @Test
    void subscribedTickersAreSentUntilTheClientUnsubscribes() throws Exception {
        FeedListener client = connect("{\"action\":\"subscribe\",\"tickers\":[\"AAPL\",\"MSFT\"]}");
        publish("AAPL", 1);
        publish("NVDA", 1);
        publish("MSFT", 1);
        Eventually.await("its ticks have arrived", () -> client.seqs().equals(List.of(1L, 3L)));

        client.send("{\"action\":\"unsubscribe\",\"tickers\":[\"MSFT\"]}");
        Eventually.await(
                "it is unsubscribed",
                () -> client.all().contains("{\"type\":\"subscription\",\"tickers\":[\"AAPL\"]}"));
        publish("MSFT", 2);
        publish("AAPL", 2);
        Eventually.await("the rest has arrived", () -> client.seqs().equals(List.of(1L, 3L, 5L)));
    }

    @Test
    void tickersOfEveryCharacterAreSubscribedAndSentAsTheyAre() throws Exception {
        FeedListener client = connect("{\"action\":\"subscribe\",\"tickers\":[\"M&M\",\"^GSPC\",\"X:BTC-USD\"]}");
        publish("M&M", 1);
        publish("M", 1);
        publish("^GSPC", 1);
        publish("GSPC", 1);
        publish("X:BTC-USD", 1);

        Eventually.await("its ticks have arrived", () -> client.seqs().equals(List.of(1L, 3L, 5L)));
        assertThat(client.ticks()).extracting(Tick::ticker).containsExactly("M&M", "^GSPC", "X:BTC-USD");
        assertThat(client.all()).contains("\"ticker\":\"M&M\"", "\"ticker\":\"^GSPC\"");
    }

    @Test
    void replayStartsAtFromSeq() throws Exception {
        for (int i = 1; i <= 10; i++) {
            publish("AAPL", i);
        }
        FeedListener client = connect("{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"from_seq\":8}");
        publish("AAPL", 11);

        Eventually.await(
                "replay and live follow each other", () -> client.seqs().equals(List.of(8L, 9L, 10L, 11L)));
    }

    @Test
    void ticksThatAreNoLongerRetainedAreAGap() throws Exception {
        for (int i = 1; i <= RETAINED + 50; i++) {
            publish("AAPL", i);
        }
        FeedListener client = connect("{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"from_seq\":20}");

        Eventually.await("the retained ticks have arrived", () -> client.seqs().size() == RETAINED);
        assertThat(client.all())
                .contains("{\"type\":\"gap\",\"from_seq\":20,\"to_seq\":50,\"reason\":\"not_retained\"}");
        assertThat(client.seqs().get(0)).isEqualTo(51);
    }

    @Test
    void clientThatResumesAtTheOldestTickOfAFastFeedIsNotTooSlow() throws Exception {
        PriceFeed fast = new PriceFeed(new FeedLimits(20_000, 10, 10), 1);
        ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();
        try (HttpServer server =
                HttpServer.start("127.0.0.1", 0, List.of(), List.of(FeedEndpoint.of(fast, InstantSource.system())))) {
            var unused = publisher.scheduleWithFixedDelay(() -> publish(fast, 100), 0, 1, TimeUnit.MILLISECONDS);
            Eventually.await("the replay buffer is full", () -> fast.lastSeq() > 30_000);
            for (int i = 0; i < 5; i++) {
                assertResumesAtTheOldestTick(server.port());
            }
        } finally {
            publisher.shutdownNow();
            fast.close();
        }
    }

    private static void publish(PriceFeed feed, int count) {
        for (int i = 0; i < count; i++) {
            feed.publish("AAPL", TIME, FixedDecimal.ONE, FixedDecimal.ONE);
        }
    }

    private static void assertResumesAtTheOldestTick(int port) throws Exception {
        FeedListener client = FeedListener.connect(URI.create("ws://127.0.0.1:" + port + "/prices"));
        client.send("{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"from_seq\":1}");
        Eventually.await("ticks come", () -> client.count("\"seq\"") > 100);
        client.close();

        long next = 1;
        for (FeedMessage message : client.messages()) {
            if (message instanceof FeedMessage.Gap gap) {
                assertThat(gap.fromSeq()).isEqualTo(next);
                next = gap.toSeq() + 1;
            } else if (message instanceof FeedMessage.TickMessage numbered) {
                assertThat(numbered.tick().seq()).isEqualTo(next++);
            }
        }
        assertThat(client.closed()).isNotDone();
    }

    @Test
    void badCommandIsAnsweredAndTheConnectionStaysOpen() throws Exception {
        FeedListener client = connect("{\"action\":\"dance\"}");
        Eventually.await("it is refused", () -> client.all().contains("unknown action 'dance'"));
        client.send("nonsense");
        client.send("{\"action\":\"subscribe\",\"tickers\":[\"not a ticker\"]}");
        Eventually.await("they are refused", () -> client.count("\"type\":\"error\",\"code\":400") == 3);
        client.send("{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"from_seq\":99}");
        Eventually.await(
                "a from_seq beyond the next tick is refused", () -> client.all().contains("\"code\":416"));

        publish("AAPL", 1);
        Eventually.await("ticks still arrive", () -> client.seqs().equals(List.of(1L)));
    }

    @Test
    void frameOverTheLimitClosesWith1009() throws Exception {
        FeedListener client = connect("");
        client.send("\"" + "x".repeat(MAX_BYTES - 2) + "\"");
        Eventually.await("the largest frame is read", () -> client.all().contains("\"code\":400"));
        client.send("\"" + "x".repeat(MAX_BYTES - 1) + "\"");

        assertThat(client.closed().get(10, TimeUnit.SECONDS)).isEqualTo(1009);
    }

    @Test
    void firstSubscribeReplacesTheImplicitSubscription() throws Exception {
        FeedListener client = connect("");
        Eventually.await("it is subscribed to all tickers", () -> client.all().contains("\"tickers\":[\"*\"]"));
        client.send("{\"action\":\"subscribe\",\"tickers\":[\"AAPL\"]}");
        Eventually.await("it is subscribed to AAPL", () -> client.all().contains("\"tickers\":[\"AAPL\"]"));
        publish("MSFT", 1);
        publish("AAPL", 2);

        Eventually.await("the tick has arrived", () -> client.seqs().equals(List.of(2L)));
        client.send("{\"action\":\"subscribe\",\"tickers\":[\"MSFT\"]}");
        Eventually.await("it is subscribed to both", () -> client.all().contains("\"tickers\":[\"AAPL\",\"MSFT\"]"));
    }

    @Test
    void refusedCommandsGetTheDocumentedCodes() throws Exception {
        FeedListener client = connect("{\"action\":\"subscribe\",\"tickers\":[\"T0\"],\"from_seq\":0}");
        Eventually.await("from_seq 0 is refused", () -> client.all().contains("from_seq must be at least 1: 0"));
        assertThat(client.all()).contains("\"code\":400");

        for (int from = 0; from < ClientSubscription.MAX_TICKERS; from += 5_000) {
            client.send(subscription(from, 5_000));
            client.send(subscription(from, 5_000)); // the same tickers again don't count
        }
        client.send("{\"action\":\"subscribe\",\"tickers\":[\"*\"]}");
        client.send("{\"action\":\"subscribe\",\"tickers\":[\"ONE.MORE\"]}");
        Eventually.await("one ticker more is refused", () -> client.all().contains("\"code\":413"));
        assertThat(client.count("\"code\":413")).isEqualTo(1);

        for (int i = 0; i < 150; i++) {
            client.send("{\"action\":\"unsubscribe\",\"tickers\":[\"NONE\"]}");
        }
        Eventually.await("too many commands are refused", () -> client.all().contains("\"code\":429"));
    }

    /** Subscribes to many tickers, in a frame within the limit. */
    private static String subscription(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> "\"T" + i + "\"")
                .collect(Collectors.joining(",", "{\"action\":\"subscribe\",\"tickers\":[", "]}"));
    }

    @Test
    void connectionsOverTheTotalLimitAreRefused() throws Exception {
        PriceFeed small = new PriceFeed(new FeedLimits(10, 1, 5), 1);
        try (HttpServer server = HttpServer.start(
                        "127.0.0.1", 0, List.of(), List.of(FeedEndpoint.of(small, InstantSource.system())));
                RawWebSocket first = RawWebSocket.connect(server.port())) {
            Eventually.await("it is admitted", () -> small.connectionCount() == 1);
            try (RawWebSocket second = RawWebSocket.connect(server.port())) {
                assertThat(second.readCloseCode()).isEqualTo(1013);
            }
            assertThat(first).isNotNull();
        } finally {
            small.close();
        }
    }

    @Test
    void heartbeatHasTheLastSequenceNumber() throws Exception {
        publish("AAPL", 1);
        FeedListener client = connect("{\"action\":\"subscribe\",\"tickers\":[\"AAPL\"],\"from_seq\":1}");

        Eventually.await("a heartbeat comes", () -> client.all().contains("{\"type\":\"heartbeat\",\"last_seq\":1,"));
    }

    @Test
    void stoppingFeedSendsAShutdownMessage() throws Exception {
        FeedListener client = connect("{\"action\":\"subscribe\",\"tickers\":[\"*\"]}");
        Eventually.await("it is subscribed", () -> client.all().contains("subscription"));
        feed.close();

        assertThat(client.closed().get(10, TimeUnit.SECONDS)).isEqualTo(1001);
        assertThat(client.all()).contains("{\"type\":\"shutdown\",\"retry_after_ms\":1000}");
    }

    @Test
    void upgradeFromAPageOfAnotherOriginIsRefused() {
        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .header("Origin", "http://elsewhere.example")
                        .buildAsync(served.uri(), new WebSocket.Listener() {})
                        .get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(403));
    }

    @Test
    void conflatingClientGetsTheNewestOfEachTicker() throws Exception {
        for (int i = 1; i <= RETAINED + 50; i++) {
            publish(i % 2 == 0 ? "AAPL" : "MSFT", i);
        }
        FeedListener client =
                connect("{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"from_seq\":140,\"policy\":\"conflate\"}");

        Eventually.await(
                "the newest tick of each has arrived", () -> client.seqs().equals(List.of(149L, 150L)));
        publish("NVDA", 1);
        Eventually.await("the next tick has arrived, too", () -> client.seqs().equals(List.of(149L, 150L, 151L)));
    }

    @Test
    void secondSubscribeLeavesThePolicyUnchanged() throws Exception {
        FeedListener client = connect("{\"action\":\"subscribe\",\"tickers\":[\"AAPL\"],\"policy\":\"conflate\"}");
        for (int i = 1; i <= 10; i++) {
            publish("MSFT", i);
        }
        client.send("{\"action\":\"subscribe\",\"tickers\":[\"MSFT\"],\"from_seq\":1}");

        Eventually.await("it gets the newest", () -> client.seqs().equals(List.of(10L)));
    }

    @Test
    void unknownPolicyIsRefused() throws Exception {
        FeedListener client = connect("{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"policy\":\"drop\"}");

        assertThat(client.all()).contains("\"code\":400").contains("unknown policy 'drop'");
    }

    @Test
    void ticksThatTheSourceLostAreAGap() throws Exception {
        FeedListener client = connect("{\"action\":\"subscribe\",\"tickers\":[\"*\"]}");
        publish("AAPL", 1);
        feed.skip(3);
        publish("AAPL", 2);

        Eventually.await("both ticks have arrived", () -> client.seqs().equals(List.of(1L, 5L)));
        assertThat(client.all()).contains("{\"type\":\"gap\",\"from_seq\":2,\"to_seq\":4,\"reason\":\"lost\"}");
    }

    @Test
    void relayedTicksKeepTheirSequenceNumbersAndAHoleOfAnySizeIsAGap() throws Exception {
        FeedListener client = connect("{\"action\":\"subscribe\",\"tickers\":[\"*\"]}");
        feed.relay(List.of(tick(1), tick(2)));
        feed.relay(List.of(tick(1_000_000_000_000L), tick(1_000_000_000_001L)));
        Eventually.await("all ticks have arrived", () -> client.seqs().size() == 4);
        FeedListener late = connect("{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"from_seq\":500}");
        Eventually.await("the late client has the rest", () -> late.seqs().size() == 2);

        assertThat(client.messages().subList(1, 6))
                .containsExactly(sent(1), sent(2), lost(3), sent(1_000_000_000_000L), sent(1_000_000_000_001L));
        assertThat(late.messages().subList(1, 4))
                .containsExactly(lost(500), sent(1_000_000_000_000L), sent(1_000_000_000_001L));
    }

    @Test
    void sequenceRestartIsAnnounced() throws Exception {
        FeedListener client = connect("{\"action\":\"subscribe\",\"tickers\":[\"*\"]}");
        feed.relay(List.of(tick(70), tick(71)));
        feed.relay(List.of(tick(5), tick(6)));
        Eventually.await("all ticks have arrived", () -> client.seqs().equals(List.of(70L, 71L, 5L, 6L)));
        client.send("{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"from_seq\":72}");
        Eventually.await("the old sequence numbers are beyond the next tick", () -> client.count("\"code\":416") == 2);
        client.send("{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"from_seq\":1}");
        Eventually.await("the new ticks have arrived", () -> client.seqs().size() == 6);

        assertThat(client.messages().get(4)).isInstanceOf(FeedMessage.Failure.class);
        assertThat(client.messages()).contains(new FeedMessage.Gap(1, 4, "not_retained"));
        assertThat(client.seqs()).endsWith(5L, 6L);
    }

    @Test
    void frameOfAHundredMegabytesIsRefusedAtTheLimit() throws Exception {
        try (RawWebSocket client = RawWebSocket.connect(served.port())) {
            client.sendHeader(RawWebSocket.FINAL | RawWebSocket.TEXT, 100L << 20);
            client.sendBytes(new byte[70_000]);

            assertThat(client.readCloseCode()).isEqualTo(1009);
        }
    }

    @Test
    void fragmentsThatNeverEndAreRefusedAtTheLimit() throws Exception {
        try (RawWebSocket client = RawWebSocket.connect(served.port())) {
            client.send(RawWebSocket.TEXT, new byte[10_000]);
            for (int i = 0; i < 6; i++) {
                client.send(RawWebSocket.CONTINUATION, new byte[10_000]);
            }

            assertThat(client.readCloseCode()).isEqualTo(1009);
        }
    }

    @Test
    void invalidUtf8ClosesWith1007() throws Exception {
        try (RawWebSocket client = RawWebSocket.connect(served.port())) {
            client.send(RawWebSocket.FINAL | RawWebSocket.TEXT, new byte[] {'"', (byte) 0xc3, '"'});

            assertThat(client.readCloseCode()).isEqualTo(1007);
        }
    }

    @Test
    void binaryFrameClosesWith1003() throws Exception {
        try (RawWebSocket client = RawWebSocket.connect(served.port())) {
            client.send(RawWebSocket.FINAL | RawWebSocket.BINARY, new byte[] {1, 2, 3});

            assertThat(client.readCloseCode()).isEqualTo(1003);
        }
    }

    @Test
    void clientWithTooManyRefusedCommandsIsClosedWith1008() throws Exception {
        try (RawWebSocket client = RawWebSocket.connect(served.port())) {
            assertThat(sendBadJson(client, 101)).isEqualTo(1008);
        }
    }

    @Test
    void clientWithAThousandBadCommandsDoesNotDisturbOthers() throws Exception {
        FeedListener other = connect("{\"action\":\"subscribe\",\"tickers\":[\"*\"]}");
        try (RawWebSocket client = RawWebSocket.connect(served.port())) {
            // a command after the close may reset the connection before the close frame is read
            assertThat(sendBadJson(client, 1_000)).isIn(1008, 1006);
        }
        publish("AAPL", 1);
        Eventually.await("ticks still arrive", () -> other.seqs().equals(List.of(1L)));
    }

    @Test
    void connectionsOverTheLimitOfAnAddressAreRefused() throws Exception {
        PriceFeed small = new PriceFeed(new FeedLimits(10, 3, 2), 1);
        try (HttpServer server =
                HttpServer.start("127.0.0.1", 0, List.of(), List.of(FeedEndpoint.of(small, InstantSource.system())))) {
            RawWebSocket first = RawWebSocket.connect(server.port());
            try (first;
                    RawWebSocket second = RawWebSocket.connect(server.port())) {
                // the server answers the handshake before the feed adds the client
                Eventually.await("both are admitted", () -> small.connectionCount() == 2);
                try (RawWebSocket third = RawWebSocket.connect(server.port())) {
                    assertThat(third.readCloseCode()).isEqualTo(1013);
                }
                first.close();
                Eventually.await("there is room again", () -> small.connectionCount() == 1);
                try (RawWebSocket fourth = RawWebSocket.connect(server.port())) {
                    Eventually.await("it is admitted", () -> small.connectionCount() == 2);
                    assertThat(fourth).isNotSameAs(second);
                }
            }
        } finally {
            small.close();
        }
    }

    @Test
    void ownClientHasAPlaceInAFullFeed() throws Exception {
        List<RawWebSocket> open = new ArrayList<>();
        PriceFeed small = new PriceFeed(new FeedLimits(10, 1, 1), 1);
        Keys keys = key -> key.equals("own-key") ? Access.OWN : Access.OPEN;
        try (HttpServer server = HttpServer.start(
                        "127.0.0.1", 0, List.of(), List.of(FeedEndpoint.of(small, InstantSource.system(), keys)));
                RawWebSocket first = RawWebSocket.connect(server.port())) {
            Eventually.await("it is admitted", () -> small.connectionCount() == 1);
            for (int i = 2; i <= 3; i++) {
                open.add(RawWebSocket.connect(server.port(), "Authorization: Bearer own-key"));
                int count = i;
                Eventually.await("the own client is admitted", () -> small.connectionCount() == count);
            }
            try (RawWebSocket other = RawWebSocket.connect(server.port(), "Authorization: Bearer other")) {
                assertThat(other.readCloseCode()).isEqualTo(1013);
            }
            assertThat(first).isNotNull();
        } finally {
            for (RawWebSocket client : open) {
                client.close();
            }
            small.close();
        }
    }

    @Test
    void clientsBehindATrustedProxyAreToldApart() throws Exception {
        List<RawWebSocket> open = new ArrayList<>();
        PriceFeed small = new PriceFeed(new FeedLimits(10, 10, 1), 1);
        HttpSettings settings = HttpSettings.of("127.0.0.1", 0).withTrustedProxies("127.0.0.1");
        try (HttpServer server = HttpServer.start(
                settings,
                Keys.notNeeded(),
                List.of(),
                List.of(FeedEndpoint.of(small, InstantSource.system())),
                RequestListener.NONE)) {
            for (int i = 1; i <= 3; i++) {
                open.add(RawWebSocket.connect(server.port(), "X-Forwarded-For: 203.0.113." + i));
                int count = i;
                Eventually.await("the client is admitted", () -> small.connectionCount() == count);
            }
            try (RawWebSocket again = RawWebSocket.connect(server.port(), "X-Forwarded-For: 203.0.113.1")) {
                assertThat(again.readCloseCode()).isEqualTo(1013);
            }
        } finally {
            for (RawWebSocket client : open) {
                client.close();
            }
            small.close();
        }
    }

    /** Sends malformed commands until the server closes, and returns its close code. */
    private static int sendBadJson(RawWebSocket client, int times) throws IOException {
        try {
            for (int i = 0; i < times; i++) {
                client.send(RawWebSocket.FINAL | RawWebSocket.TEXT, new byte[] {'{'});
            }
        } catch (SocketException e) {
            // closed meanwhile; its last frames are still to be read
        }
        return client.readCloseCode();
    }

    private void publish(String ticker, int price) {
        feed.publish(ticker, TIME, price * FixedDecimal.ONE, FixedDecimal.ONE);
    }

    private static FeedMessage sent(long seq) {
        return new FeedMessage.TickMessage(tick(seq));
    }

    private static Tick tick(long seq) {
        return new Tick("AAPL", TIME, FixedDecimal.ONE, FixedDecimal.ONE, seq);
    }

    private static FeedMessage.Gap lost(long from) {
        return new FeedMessage.Gap(from, 999_999_999_999L, "lost");
    }

    private FeedListener connect(String command) throws Exception {
        int connected = feed.connectionCount();
        FeedListener listener = FeedListener.connect(served.uri());
        Eventually.await("the feed has added it", () -> feed.connectionCount() > connected);
        if (!command.isEmpty()) {
            listener.send(command);
            Eventually.await("it is answered", () -> !listener.hasNoFrames());
        }
        return listener;
    }
}
