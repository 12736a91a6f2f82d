package io.tradeops.app.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.TradeOpsServer;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.SseReader;
import io.tradeops.app.support.TestConfig;
import io.tradeops.app.support.TestServer;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The alert stream of a real server. */
class AlertStreamIT {

    private static final Instant TIME = Instant.parse("2026-11-20T14:30:00.123456Z");

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    private static final Client client = server.client();

    @Test
    void sendsAnAlertWithinASecondOfItsCommitAsTheListShowsIt() throws Exception {
        try (SseReader events = SseReader.open(server.uri().resolve("alerts/stream?ticker=LIVE"), "")) {
            assertThat(events.retryMillis()).isEqualTo(2_000);
            store(alert("OTHER", TIME));
            store(alert("LIVE", TIME));
            long committed = System.nanoTime();
            SseReader.Event event = events.next();

            assertThat(Duration.ofNanos(System.nanoTime() - committed)).isLessThan(Duration.ofSeconds(1));
            assertThat(event.type()).isEqualTo("alert");
            assertThat(event.id()).matches("\\d+");
            assertThat(client.get("alerts/?ticker=LIVE").body()).isEqualTo("[" + event.data() + "]");
        }
    }

    @Test
    void resumeSendsAlertsThatWereStoredLaterEvenWithOlderTriggers() throws Exception {
        String last;
        try (SseReader events = SseReader.open(server.uri().resolve("alerts/stream?ticker=GONE,BACK"), "")) {
            store(alert("GONE", TIME));
            last = events.next().id();
        }
        store(alert("GONE", TIME.minusSeconds(86_400)), alert("ELSE", TIME), alert("BACK", TIME.minusSeconds(1)));

        try (SseReader events = SseReader.open(server.uri().resolve("alerts/stream/?ticker=GONE,BACK"), last)) {
            assertThat(events.next().data()).contains("GONE", "2026-11-19T14:30:00.123456Z");
            assertThat(events.next().data()).contains("BACK");
            store(alert("BACK", TIME));
            assertThat(events.next().data()).contains("BACK", "2026-11-20T14:30:00.123456Z");
        }
    }

    @Test
    void tickersOfEveryCharacterAreSentAsTheyAre() throws Exception {
        try (SseReader events =
                SseReader.open(server.uri().resolve("alerts/stream?ticker=M%26M,%5EGSPC,X:BTC-USD"), "")) {
            events.firstId();
            for (String ticker : List.of("M", "M&M", "GSPC", "^GSPC", "X:BTC-USD")) {
                store(alert(ticker, TIME));
            }
            assertThat(events.next().data()).contains("\"ticker\":\"M&M\"");
            assertThat(events.next().data()).contains("\"ticker\":\"^GSPC\"");
            assertThat(events.next().data()).contains("\"ticker\":\"X:BTC-USD\"");
        }
        assertThat(client.get("alerts/?ticker=M%26M,%5EGSPC").json()).hasSize(2);
    }

    @Test
    void resumeFromTheFirstEventSendsTheFirstAlert() throws Exception {
        String first;
        try (SseReader events = SseReader.open(server.uri().resolve("alerts/stream?ticker=FIRST"), "")) {
            first = events.firstId();
        }
        store(alert("FIRST", TIME));

        try (SseReader events = SseReader.open(server.uri().resolve("alerts/stream?ticker=FIRST"), first)) {
            assertThat(events.next().data()).contains("FIRST");
        }
    }

    @Test
    void idBeyondTheLastAlertStartsWithTheNextOne() throws Exception {
        try (SseReader events =
                SseReader.open(server.uri().resolve("alerts/stream?ticker=AGAIN"), "999999999999999999")) {
            store(alert("AGAIN", TIME));
            assertThat(events.next().data()).contains("AGAIN");
        }
    }

    @Test
    void invalidIdTickerOrTypeIsRefused() throws Exception {
        Client.Answer answer = client.send(client.request("alerts/stream").header("Last-Event-ID", "x"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(client.get("alerts/stream?ticker=A%20B").status()).isEqualTo(422);
        assertThat(client.get("alerts/stream", "image/png").status()).isEqualTo(406);
    }

    @Test
    void clientThatReadsNothingDelaysNoOtherClientAndBlocksNoThread() throws Exception {
        int count = 20_000;
        try (Socket stalled = new Socket(server.uri().getHost(), server.uri().getPort());
                SseReader events = SseReader.open(server.uri().resolve("alerts/stream?ticker=MANY"), "")) {
            OutputStream out = stalled.getOutputStream();
            out.write("GET /alerts/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Eventually.await("both are connected", () -> streamClients() >= 2);

            store(IntStream.range(0, count)
                    .mapToObj(i -> alert("MANY", TIME.plusMillis(i)))
                    .toArray(Alert[]::new));

            long previous = 0;
            for (int i = 0; i < count; i++) {
                long id = Long.parseLong(events.next().id());
                assertThat(id).isGreaterThan(previous);
                previous = id;
            }
            assertThat(Thread.getAllStackTraces().values().stream()
                            .flatMap(Arrays::stream)
                            .filter(frame -> frame.getClassName().contains("AlertClient")))
                    .isEmpty();
        }
        Eventually.await("both are gone", () -> streamClients() == 0);
    }

    @Test
    void streamEndsWhenTheServerStops(@TempDir Path directory) throws Exception {
        TradeOpsServer other = TradeOpsServer.start(TestConfig.in(directory));
        try (SseReader events = SseReader.open(other.uri().resolve("alerts/stream"), "")) {
            events.retryMillis();
            long begin = System.nanoTime();
            other.close();
            assertThat(events.isAtEnd()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
        } finally {
            other.close();
        }
    }

    private static long streamClients() throws Exception {
        return client.get("metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("tradeops_alert_stream_clients "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    private static void store(Alert... alerts) {
        var database = server.database();
        AlertRepository repository = new AlertRepository(database);
        database.withConnection(connection -> {
            repository.insert(connection, List.of(alerts));
            return true;
        });
    }

    private static Alert alert(String ticker, Instant trigger) {
        return new Alert(
                UUID.randomUUID(),
                ticker,
                "up>2%/60s",
                1,
                new BigDecimal("2.0134"),
                new Alert.Point(new BigDecimal("100"), trigger.minusSeconds(30), 1),
                new Alert.Point(new BigDecimal("102.0134"), trigger, 57));
    }
}
