package io.tradeops.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tradeops.app.Closer;
import io.tradeops.app.TradeOpsServer;
import io.tradeops.app.alert.Alert;
import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Setting;
import io.tradeops.app.config.Settings;
import io.tradeops.app.feed.market.TickPublisher;
import io.tradeops.app.feed.market.TickSource;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.Program;
import io.tradeops.app.support.TestConfig;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A server that pushes its alerts to a receiver. */
class WebhookIT {

    private static final String SECRET = "webhook-secret-that-nobody-may-see";

    @TempDir
    static Path directory;

    private static final Queue<String> rising = new ConcurrentLinkedQueue<>();
    private static final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    private static Receiver receiver;
    private static TradeOpsServer server;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        receiver = Receiver.start();
        Settings settings = TestConfig.settings(directory)
                .with(Setting.WEBHOOK_URL, receiver.url("localhost"))
                .with(Setting.WEBHOOK_SECRET, SECRET)
                .with(Setting.WEBHOOK_ALLOW, "127.0.0.0/8, ::1");
        logged.start();
        rootLogger().addAppender(logged);
        server = TradeOpsServer.start(
                ServerConfig.of(settings), new Closer(), InstantSource.system(), Optional.of(new RisingPrices()));
        client = new Client(server.uri());
    }

    @AfterAll
    static void stop() {
        server.close();
        receiver.close();
        rootLogger().detachAppender(logged);
    }

    @Test
    void pushesAnAlertOnceSignedAndAsTheListShowsIt() throws Exception {
        rising.add("LISTED");
        Eventually.await("the alert is delivered", () -> state("LISTED").equals("delivered"));

        Receiver.Push push = only("LISTED");
        assertThat("[" + push.body() + "]")
                .isEqualTo(client.get("alerts/?ticker=LISTED").body());
        assertThat(push.header("Idempotency-key"))
                .isEqualTo(client.get("alerts/?ticker=LISTED")
                        .json()
                        .get(0)
                        .get("id")
                        .textValue());
        assertThat(push.header("Tradeops-signature")).matches(signature -> isSigned(signature, push.body()));
    }

    @Test
    void pushedTickerIsTheStoredOne() throws Exception {
        rising.add("^M&M:X/Y");
        Eventually.await("the alert is delivered", () -> state("^M&M:X/Y").equals("delivered"));

        Receiver.Push push = only("^M&M:X/Y");
        assertThat("[" + push.body() + "]")
                .isEqualTo(client.get("alerts/?ticker=%5EM%26M:X/Y").body());
        assertThat(push.header("Tradeops-signature")).matches(signature -> isSigned(signature, push.body()));
    }

    @Test
    void retriesUntilTheReceiverAcceptsTheAlert() throws Exception {
        receiver.answering(500, 302);
        rising.add("RETRIED");
        Eventually.await("the alert is delivered", () -> state("RETRIED").equals("delivered"));

        assertThat(pushes("RETRIED"))
                .hasSize(3)
                .allSatisfy(push -> assertThat(push.path()).isEqualTo("/hook?desk=1"));
        assertThat(pushes("RETRIED").stream().map(push -> push.header("Idempotency-key")))
                .containsOnly(pushes("RETRIED").get(0).header("Idempotency-key"));
    }

    @Test
    void doesNotRetryAfter410() throws Exception {
        receiver.answering(410);
        rising.add("GONE");
        Eventually.await("the delivery is settled", () -> state("GONE").equals("gone"));
        deliverAgain("AFTER.GONE");

        assertThat(pushes("GONE")).hasSize(1);
        assertThat(single("select count(*) from jobrunr.jobrunr_jobs where state in ('SCHEDULED', 'ENQUEUED', 'FAILED')"
                        + " and jobasjson like '%" + only("GONE").header("Idempotency-key") + "%'"))
                .isEqualTo("0");
    }

    @Test
    void deliversOnceTheAlertOfAProcessThatDiedBeforeItQueuedIt() throws Exception {
        UUID id = UUID.randomUUID();
        store(alert(id, "ORPHAN"));
        assertThat(state("ORPHAN")).isEqualTo("pending");

        server.jobs().queue().queueAlertDeliveries(); // as the schedule does each minute
        server.jobs().queue().queueAlertDeliveries();
        Eventually.await("the alert is delivered", () -> state("ORPHAN").equals("delivered"));
        deliverAgain("AFTER.ORPHAN");

        assertThat(only("ORPHAN").header("Idempotency-key")).isEqualTo(id.toString());
        assertThat(single("select count(*) from jobrunr.jobrunr_jobs where jobasjson like '%" + id + "%'"))
                .isEqualTo("1");
        assertThat(single("select jobasjson from jobrunr.jobrunr_recurring_jobs where id = 'alerts'"))
                .contains("QueueAlertDeliveries", "0 * * * * *");
    }

    @Test
    void secretIsNotStoredLoggedOrShown() throws Exception {
        rising.add("SECRET");
        Eventually.await("the alert is delivered", () -> state("SECRET").equals("delivered"));

        assertThat(single("select string_agg(jobasjson, ' ') from jobrunr.jobrunr_jobs"))
                .contains("Deliver alert")
                .doesNotContain(SECRET);
        assertThat(List.copyOf(logged.list).stream().map(ILoggingEvent::getFormattedMessage))
                .isNotEmpty()
                .noneMatch(message -> message.contains(SECRET));
        Program.Outcome config = Program.run(
                directory,
                Map.of("TRADEOPS_WEBHOOK_URL", "https://hook.example/x", "TRADEOPS_WEBHOOK_SECRET", SECRET),
                "config");
        assertThat(config.output())
                .contains("TRADEOPS_WEBHOOK_URL=https://hook.example/x", "TRADEOPS_WEBHOOK_SECRET=***")
                .doesNotContain(SECRET);
    }

    private static Logger rootLogger() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ((Logger) LoggerFactory.getLogger("org.apache.hc")).setLevel(Level.DEBUG);
        return root;
    }

    /** Delivers all pending alerts, and waits for one that is stored after the earlier ones were settled. */
    private static void deliverAgain(String later) throws Exception {
        rising.add(later);
        Eventually.await("the later alert is delivered", () -> state(later).equals("delivered"));
    }

    private static List<Receiver.Push> pushes(String ticker) {
        return receiver.pushes().stream()
                .filter(push -> push.body().contains("\"ticker\":\"" + ticker + "\""))
                .toList();
    }

    private static Receiver.Push only(String ticker) {
        assertThat(pushes(ticker)).hasSize(1);
        return pushes(ticker).get(0);
    }

    private static String state(String ticker) {
        return single("select coalesce(max(delivery), '') from alerts where ticker = '" + ticker + "'");
    }

    private static String single(String sql) {
        return server.backends().database().withConnection(connection -> {
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                return rows.next() ? String.valueOf(rows.getString(1)) : "";
            }
        });
    }

    private static void store(Alert alert) {
        AlertRepository alerts = new AlertRepository(server.backends().database(), true);
        server.backends().database().withConnection(connection -> {
            alerts.insert(connection, List.of(alert));
            return true;
        });
    }

    private static Alert alert(UUID id, String ticker) {
        Instant time = Instant.parse("2026-11-20T14:30:00Z");
        return new Alert(
                id,
                ticker,
                "up>2%/60s",
                1,
                new BigDecimal("2.0100"),
                new Alert.Point(new BigDecimal("100"), time, 1),
                new Alert.Point(new BigDecimal("102.01"), time.plusSeconds(1), 2));
    }

    /** Verifies a signature as a receiver would: parses the header, and signs again. */
    private static boolean isSigned(String signature, String body) {
        String[] parts = signature.split(",v1=", -1);
        String time = parts[0].substring("t=".length());
        long age = Instant.now().getEpochSecond() - Long.parseLong(time);
        return age >= 0 && age < 120 && parts[1].equals(hmac(time + "." + body));
    }

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Raises the price of each ticker in {@link #rising} by 2.01 %. */
    private static final class RisingPrices implements TickSource {

        @Override
        public void advanceTo(long epochNanos, TickPublisher feed) {
            for (String ticker = rising.poll(); ticker != null; ticker = rising.poll()) {
                long now = EpochNanos.of(Instant.now());
                feed.publish(ticker, now - 1_000_000, FixedDecimal.parse("100"), FixedDecimal.parse("1"));
                feed.publish(ticker, now, FixedDecimal.parse("102.01"), FixedDecimal.parse("1"));
            }
        }

        @Override
        public long position() {
            return EpochNanos.of(Instant.now());
        }
    }
}
