package io.tradeops.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradeops.app.TradeOpsServer;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Setting;
import io.tradeops.app.feed.wire.FeedMessage;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.FeedListener;
import io.tradeops.app.support.Program;
import io.tradeops.app.support.TestConfig;
import io.tradeops.app.support.TestDatabase;
import io.tradeops.app.support.Upstream;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with {@code TRADEOPS_FEED_URL}: its own feed sends what it has stored of the followed feed. */
class FollowedFeedIT {

    private static final String EVERYTHING = "{\"action\":\"subscribe\",\"tickers\":[\"*\"]}";
    private static final String FROM_SEQ_1 = "{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"from_seq\":1}";

    @TempDir
    static Path directory;

    private static TestDatabase database;

    @BeforeAll
    static void startDatabase() throws Exception {
        database = TestDatabase.in(directory.resolve("postgres"));
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        database.close();
    }

    @Test
    void relayedTicksHaveTheSequenceNumbersOfTheAlerts() throws Exception {
        try (Upstream upstream = Upstream.from(1_000);
                TradeOpsServer server = follow(upstream.uri(), "numbers");
                FeedListener client = listen(server, EVERYTHING)) {
            upstream.publish("NUMB", "100");
            upstream.publish("OTHER", "7");
            upstream.publish("NUMB", "102.01");
            Eventually.await("all ticks are relayed", () -> client.seqs().size() == 3);

            assertThat(client.seqs()).containsExactly(1_000L, 1_001L, 1_002L);
            assertThat(client.ticks().stream().map(Tick::ticker)).containsExactly("NUMB", "OTHER", "NUMB");
            assertThat(client.messages()).contains(new FeedMessage.Gap(1, 999, "lost"));
            assertStored(client);
            JsonNode alert =
                    new Client(server.uri()).get("alerts/?ticker=NUMB").json().get(0);
            assertThat(alert.get("reference").get("seq").longValue()).isEqualTo(1_000);
            assertThat(alert.get("trigger").get("seq").longValue()).isEqualTo(1_002);
            assertThat(upstream.connections()).isEqualTo(1);
            assertThat(new Client(server.uri()).get("metrics").body())
                    .contains("tradeops_feed_ticks_total 3.0", "tradeops_feed_last_seq 1002.0");
        }
    }

    @Test
    void ticksThatAreMissingAfterAReconnectAreRelayedAsAGap() throws Exception {
        try (Upstream upstream = Upstream.from(1);
                TradeOpsServer server = follow(upstream.uri(), "gap");
                FeedListener client = listen(server, EVERYTHING)) {
            upstream.publish("LOSS", "1");
            upstream.publish("LOSS", "2");
            Eventually.await("the first are relayed", () -> client.seqs().size() == 2);
            upstream.restartFrom(500_000_000);
            upstream.publish("LOSS", "3");
            Eventually.await("the next is relayed", () -> client.seqs().size() == 3);

            assertThat(withoutHeartbeats(client).subList(3, 5))
                    .containsExactly(
                            new FeedMessage.Gap(3, 499_999_999, "lost"),
                            new FeedMessage.TickMessage(client.ticks().get(2)));
            assertThat(client.seqs()).containsExactly(1L, 2L, 500_000_000L);
            assertThat(client.closed()).isNotDone();
            assertStored(client);
        }
    }

    @Test
    void sequenceRestartIsRelayed() throws Exception {
        try (Upstream upstream = Upstream.from(1_000);
                TradeOpsServer server = follow(upstream.uri(), "restart");
                FeedListener client = listen(server, EVERYTHING)) {
            upstream.publish("RESTART", "1");
            Eventually.await("the first is relayed", () -> client.seqs().size() == 1);
            upstream.restartFrom(1);
            upstream.publish("RESTART", "2");
            upstream.publish("RESTART", "3");
            Eventually.await("the next are relayed", () -> client.seqs().size() == 3);

            assertThat(client.seqs()).containsExactly(1_000L, 1L, 2L);
            assertThat(client.all()).contains("\"code\":416");
            assertThat(client.closed()).isNotDone();
            try (FeedListener late = listen(server, FROM_SEQ_1)) {
                Eventually.await(
                        "a late client has the new ticks", () -> late.seqs().equals(List.of(1L, 2L)));
            }
            assertStored(client);
        }
    }

    @Test
    void restartedServerContinuesAfterItsStoredTicks() throws Exception {
        try (Upstream upstream = Upstream.from(1)) {
            try (TradeOpsServer server = follow(upstream.uri(), "again")) {
                upstream.publish("AGAIN", "1");
                upstream.publish("AGAIN", "2");
                Eventually.await("they are stored", () -> server.lastStored() == 2);
            }
            try (TradeOpsServer server = follow(upstream.uri(), "again");
                    FeedListener client = listen(server, FROM_SEQ_1)) {
                upstream.publish("AGAIN", "3");
                Eventually.await("the next is relayed", () -> client.seqs().size() == 1);

                assertThat(withoutHeartbeats(client).subList(1, 3))
                        .containsExactly(
                                new FeedMessage.Gap(1, 2, "not_retained"),
                                new FeedMessage.TickMessage(client.ticks().get(0)));
                assertThat(client.seqs()).containsExactly(3L);
            }
        }
    }

    @Test
    void standbyServerRelaysNoTicksUntilItTakesOver() throws Exception {
        try (Upstream upstream = Upstream.from(1)) {
            TradeOpsServer active = follow(upstream.uri(), "active");
            try (TradeOpsServer standby = follow(upstream.uri(), "standby");
                    FeedListener client = listen(standby, EVERYTHING)) {
                upstream.publish("TURN", "1");
                upstream.publish("TURN", "2");
                Eventually.await("they are stored", () -> active.lastStored() == 2);
                Eventually.await("a heartbeat comes", () -> client.all().contains("heartbeat"));
                assertThat(client.seqs()).isEmpty();
                assertThat(client.all()).contains("\"last_seq\":0,");
                assertThat(upstream.connections()).isEqualTo(1);
                assertThat(new Client(standby.uri()).get("health/ready").status())
                        .isEqualTo(200);

                active.close();
                Eventually.await("the standby follows", () -> upstream.connections() == 1 && standby.lastStored() == 2);
                upstream.publish("TURN", "3");
                Eventually.await("it relays", () -> client.seqs().equals(List.of(3L)));
                assertThat(client.messages()).contains(new FeedMessage.Gap(1, 2, "lost"));
            } finally {
                active.close();
            }
        }
    }

    @Test
    void ticksOfADatabaseOutageAreRelayedOnceTheyAreStored() throws Exception {
        try (Upstream upstream = Upstream.from(1);
                TradeOpsServer server = follow(upstream.uri(), "away");
                FeedListener client = listen(server, EVERYTHING)) {
            upstream.publish("AWAY", "1");
            Eventually.await("the first is relayed", () -> client.seqs().equals(List.of(1L)));
            database.stop();
            try {
                upstream.publish("AWAY", "2");
                upstream.publish("AWAY", "3");
                Eventually.await(
                        "the server has noticed",
                        () -> new Client(server.uri()).get("health/ready").status() == 503);
                upstream.publish("AWAY", "4");
                assertThat(client.seqs()).containsExactly(1L);
            } finally {
                database.startAgain();
            }
            Eventually.await("all are relayed", () -> client.seqs().size() >= 4);
            upstream.publish("AWAY", "5");
            Eventually.await("the next is relayed", () -> client.seqs().size() >= 5);

            assertThat(client.seqs()).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(client.messages()).noneMatch(FeedMessage.Gap.class::isInstance);
            assertThat(client.closed()).isNotDone();
            assertStored(client);
        }
    }

    @Test
    void killedAndRestartedFeedIsRelayedWithoutASilentGap() throws Exception {
        int port = Program.freePort();
        Process first = startFeed(port);
        try (TradeOpsServer server = follow(URI.create("ws://127.0.0.1:" + port + "/prices"), "killed");
                FeedListener client = listen(server, FROM_SEQ_1)) {
            Eventually.await("ticks are relayed", () -> ticksBehindGap(client, 1) > 20);
            first.destroyForcibly().waitFor();
            Process second = startFeed(port);
            try {
                Eventually.await("ticks are relayed again", () -> ticksBehindGap(client, 2) > 100);
            } finally {
                second.destroyForcibly().waitFor();
            }

            assertNothingIsMissing(client);
            assertStored(client);
        } finally {
            first.destroyForcibly();
        }
    }

    /** Every sequence number from 1 on belongs to a tick or to a gap, in order. */
    private static void assertNothingIsMissing(FeedListener client) throws Exception {
        long next = 1;
        for (FeedMessage message : client.messages()) {
            if (message instanceof FeedMessage.Gap gap) {
                assertThat(gap.fromSeq()).isEqualTo(next);
                next = gap.toSeq() + 1;
            } else if (message instanceof FeedMessage.TickMessage numbered) {
                assertThat(numbered.tick().seq()).isEqualTo(next++);
            }
        }
    }

    private static int ticksBehindGap(FeedListener client, int count) throws Exception {
        int gaps = 0;
        int ticks = 0;
        for (FeedMessage message : client.messages()) {
            gaps += message instanceof FeedMessage.Gap ? 1 : 0;
            ticks += message instanceof FeedMessage.TickMessage && gaps >= count ? 1 : 0;
        }
        return ticks;
    }

    /** Each tick that the client got is stored as it was sent. */
    private static void assertStored(FeedListener client) throws Exception {
        List<String> stored = stored();
        for (Tick tick : client.ticks()) {
            assertThat(stored)
                    .contains(tick.ticker() + " " + tick.seq() + " " + FixedDecimal.toString(tick.priceUnits()));
        }
    }

    private static List<String> stored() throws Exception {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select ticker || ' ' || seq || ' ' || trim_scale(price) from price_ticks")) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    private static List<FeedMessage> withoutHeartbeats(FeedListener client) throws Exception {
        return client.messages().stream()
                .filter(message -> !(message instanceof FeedMessage.Heartbeat))
                .toList();
    }

    private static TradeOpsServer follow(URI feed, String name) throws IOException {
        return TradeOpsServer.start(ServerConfig.of(TestConfig.settings(directory.resolve(name))
                .with(Setting.DATABASE_URL, database.url())
                .with(Setting.DATABASE_USER, database.user())
                .with(Setting.DATABASE_PASSWORD, database.password())
                .with(Setting.FEED_URL, feed.toString())));
    }

    private static FeedListener listen(TradeOpsServer server, String command) throws Exception {
        FeedListener client =
                FeedListener.connect(URI.create("ws://" + server.uri().getAuthority() + "/prices"));
        client.send(command);
        Eventually.await("it is subscribed", () -> client.all().contains("subscription"));
        return client;
    }

    private static Process startFeed(int port) throws Exception {
        Process feed = Program.start(
                directory, Map.of("TRADEOPS_PORT", String.valueOf(port), "TRADEOPS_FEED_RATE", "200"), "feed");
        BufferedReader errors =
                new BufferedReader(new InputStreamReader(feed.getErrorStream(), StandardCharsets.UTF_8));
        String line = errors.readLine();
        while (line != null && !line.startsWith("price feed at")) {
            line = errors.readLine();
        }
        assertThat(line).as("the feed's first line").isNotNull();
        return feed;
    }
}
