package io.tradeops.app.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeops.app.Eventually;
import io.tradeops.app.http.HttpServer;
import io.tradeops.core.trade.FixedDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The feed's protocol, with a WebSocket client that is not ours. */
class PriceFeedIT {

    private static final int RETAINED = 100;

    private final PriceFeed feed = new PriceFeed(RETAINED, 1);

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
    void clientThatSaysNothingGetsEverything() throws Exception {
        Listener client = connect("");
        publish("AAPL", 1);
        Eventually.await(
                "it is subscribed", () -> client.all().contains("{\"type\":\"subscription\",\"tickers\":[\"*\"]}"));
        publish("MSFT", 2);

        Eventually.await("both ticks are there", () -> client.seqs().equals(List.of(1L, 2L)));
    }

    @Test
    void tickHasTheContractsShape() throws Exception {
        Listener client = connect("{\"action\":\"subscribe\",\"tickers\":[\"*\"]}");
        feed.publish("BRK.B", FixedDecimal.parse("189.37"), FixedDecimal.parse("100"), 1_763_649_000_123_000_000L);

        Eventually.await("the tick is there", () -> !client.seqs().isEmpty());
        assertThat(client.all())
                .contains("{\"type\":\"tick\",\"seq\":1,\"ticker\":\"BRK.B\",\"price\":189.37,\"quantity\":100,"
                        + "\"timestamp\":\"2025-11-20T14:30:00.123Z\"}");
    }

    @Test
    void filteredClientSeesItsTickersOnlyUntilItUnsubscribes() throws Exception {
        Listener client = connect("{\"action\":\"subscribe\",\"tickers\":[\"AAPL\",\"MSFT\"]}");
        publish("AAPL", 1);
        publish("NVDA", 1);
        publish("MSFT", 1);
        Eventually.await("its ticks are there", () -> client.seqs().equals(List.of(1L, 3L)));

        client.send("{\"action\":\"unsubscribe\",\"tickers\":[\"MSFT\"]}");
        Eventually.await(
                "it is told", () -> client.all().contains("{\"type\":\"subscription\",\"tickers\":[\"AAPL\"]}"));
        publish("MSFT", 2);
        publish("AAPL", 2);
        Eventually.await("the rest is there", () -> client.seqs().equals(List.of(1L, 3L, 5L)));
    }

    @Test
    void replayBeginsWhereItIsAskedTo() throws Exception {
        for (int i = 1; i <= 10; i++) {
            publish("AAPL", i);
        }
        Listener client = connect("{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"from_seq\":8}");
        publish("AAPL", 11);

        Eventually.await(
                "replay and live follow each other", () -> client.seqs().equals(List.of(8L, 9L, 10L, 11L)));
    }

    @Test
    void whatIsNoLongerHeldIsSaidByAGap() throws Exception {
        for (int i = 1; i <= RETAINED + 50; i++) {
            publish("AAPL", i);
        }
        Listener client = connect("{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"from_seq\":20}");

        Eventually.await("the held ticks are there", () -> client.seqs().size() == RETAINED);
        assertThat(client.all())
                .contains("{\"type\":\"gap\",\"from_seq\":20,\"to_seq\":50,\"reason\":\"not_retained\"}");
        assertThat(client.seqs().get(0)).isEqualTo(51);
    }

    @Test
    void badCommandIsAnsweredAndDoesNotEndTheConnection() throws Exception {
        Listener client = connect("{\"action\":\"dance\"}");
        Eventually.await("it is refused", () -> client.all().contains("unknown action 'dance'"));
        client.send("nonsense");
        client.send("{\"action\":\"subscribe\",\"tickers\":[\"not a ticker\"]}");
        Eventually.await("they are refused", () -> client.count("\"type\":\"error\",\"code\":400") == 3);
        client.send("{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"from_seq\":99}");
        Eventually.await("a number beyond the end is", () -> client.all().contains("\"code\":416"));

        publish("AAPL", 1);
        Eventually.await("ticks come all the same", () -> client.seqs().equals(List.of(1L)));
    }

    @Test
    void frameOverTheLimitClosesWith1009() throws Exception {
        Listener client = connect("");
        client.send("\"" + "x".repeat(70_000) + "\"");

        assertThat(client.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1009);
    }

    @Test
    void heartbeatCarriesTheLastNumber() throws Exception {
        publish("AAPL", 1);
        Listener client = connect("{\"action\":\"subscribe\",\"tickers\":[\"AAPL\"],\"from_seq\":1}");

        Eventually.await("a heartbeat comes", () -> client.all().contains("{\"type\":\"heartbeat\",\"last_seq\":1,"));
    }

    @Test
    void stoppingFeedSaysSo() throws Exception {
        Listener client = connect("{\"action\":\"subscribe\",\"tickers\":[\"*\"]}");
        Eventually.await("it is subscribed", () -> client.all().contains("subscription"));
        feed.close();

        client.closed.get(10, TimeUnit.SECONDS);
        assertThat(client.all()).contains("{\"type\":\"shutdown\",\"retry_after_ms\":1000}");
    }

    @Test
    void upgradeFromAPageOfAnotherOriginIsRefused() {
        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .header("Origin", "http://elsewhere.example")
                        .buildAsync(uri(), new Listener())
                        .get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(403));
    }

    private void publish(String ticker, int price) {
        feed.publish(ticker, price * FixedDecimal.ONE, FixedDecimal.ONE, 1_763_649_000_000_000_000L);
    }

    private URI uri() {
        return URI.create("ws://127.0.0.1:" + server.port() + "/prices");
    }

    private Listener connect(String command) throws Exception {
        int connected = feed.connectionCount();
        Listener listener = new Listener();
        listener.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(uri(), listener)
                .get(10, TimeUnit.SECONDS);
        Eventually.await("the feed knows it", () -> feed.connectionCount() > connected);
        if (!command.isEmpty()) {
            listener.send(command);
            Eventually.await("it is answered", () -> !listener.frames.isEmpty());
        }
        return listener;
    }

    /** Keeps whatever it hears. */
    private static final class Listener implements WebSocket.Listener {

        private final List<String> frames = new CopyOnWriteArrayList<>();
        private final StringBuilder partial = new StringBuilder();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @SuppressWarnings("NullAway.Init") // connect() sets it
        private WebSocket socket;

        void send(String text) {
            socket.sendText(text, true).join();
        }

        String all() {
            return String.join("\n", frames);
        }

        long count(String part) {
            return frames.stream().filter(frame -> frame.contains(part)).count();
        }

        List<Long> seqs() throws FeedFormatException {
            List<Long> seqs = new CopyOnWriteArrayList<>();
            for (String frame : frames) {
                for (FeedMessage message : FeedJson.decodeMessages(frame)) {
                    if (message instanceof FeedMessage.Tick tick) {
                        seqs.add(tick.seq());
                    }
                }
            }
            return seqs;
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                frames.add(partial.toString());
                partial.setLength(0);
            }
            webSocket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed.complete(statusCode);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
