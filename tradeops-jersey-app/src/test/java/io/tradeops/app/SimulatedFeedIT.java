package io.tradeops.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Setting;
import io.tradeops.app.config.Settings;
import io.tradeops.app.feed.wire.FeedMessage;
import io.tradeops.app.monitor.FeedOffsets;
import io.tradeops.app.support.Client;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.FeedListener;
import io.tradeops.app.support.ScriptedSource;
import io.tradeops.app.support.TestConfig;
import io.tradeops.app.support.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers without {@code TRADEOPS_FEED_URL} on one database, one after another and at the same time. */
class SimulatedFeedIT {

    private static final String EVERYTHING = "{\"action\":\"subscribe\",\"tickers\":[\"*\"]}";

    @TempDir
    static Path directory;

    private static TestDatabase database;

    @BeforeAll
    static void startDatabase() throws Exception {
        database = TestDatabase.in(directory.resolve("postgres"));
        database.open(AlertRepository.entities()).close(); // creates the tables
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        database.close();
    }

    @AfterEach
    void empty() throws Exception {
        query("truncate price_ticks, alerts, feed_offsets, detector_snapshots");
    }

    @Test
    void ticksThatWereNotStoredAreAGapAndTheirNumbersAreNotUsedAgain() throws Exception {
        ScriptedSource before = new ScriptedSource();
        TradeOpsServer ended = serve("before", before);
        try (FeedListener client = listen(ended, EVERYTHING)) {
            before.publish("LOST", "1");
            Eventually.await("it is stored", () -> ended.lastStored() == 1);
            database.stop();
            before.publish("LOST", "2");
            before.publish("LOST", "3");
            Eventually.await("all are published", () -> client.seqs().equals(List.of(1L, 2L, 3L)));
        } finally {
            ended.close();
            database.startAgain();
        }

        ScriptedSource after = new ScriptedSource();
        try (TradeOpsServer server = serve("after", after);
                FeedListener client = listen(server, from(4));
                FeedListener behind = listen(server, from(2))) {
            after.publish("LOST", "4");
            long next = 1 + FeedOffsets.BLOCK + 1;
            Eventually.await("the next is stored", () -> server.lastStored() == next);
            Eventually.await(
                    "both have it", () -> client.seqs().size() + behind.seqs().size() == 2);

            assertThat(client.messages())
                    .contains(new FeedMessage.Gap(4, next - 1, "lost"))
                    .noneMatch(FeedMessage.Failure.class::isInstance);
            assertThat(behind.messages()).contains(new FeedMessage.Gap(2, next - 1, "lost"));
            assertThat(client.seqs()).containsExactly(next);
            assertThat(query("select seq || ' ' || trim_scale(price) from price_ticks order by seq"))
                    .isEqualTo("1 1\n" + next + " 4\n");
        }
    }

    @Test
    void numbersOfAServerThatStoredNothingAreNotUsedAgain() throws Exception {
        query("insert into feed_offsets (feed, last_seq) values ('simulated', 0)");
        ScriptedSource source = new ScriptedSource();
        try (TradeOpsServer server = serve("nothing", source)) {
            source.publish("ANY", "1");
            Eventually.await("it is stored", () -> server.lastStored() == FeedOffsets.BLOCK + 1);
        }
    }

    @Test
    void publishedTicksAreStoredWhenTheServerStops() throws Exception {
        TradeOpsServer server =
                TradeOpsServer.start(ServerConfig.of(settings("stopped").with(Setting.FEED_RATE, "10000")));
        try {
            Eventually.await("ticks are stored", () -> server.lastStored() > 1_000);
        } finally {
            server.close();
        }

        assertThat(query("select count(*) || ' ' || max(seq) from price_ticks"))
                .isEqualTo(server.lastPublished() + " " + server.lastPublished() + "\n");
    }

    @Test
    void standbyPublishesNothingUntilItTakesOver() throws Exception {
        ScriptedSource first = new ScriptedSource();
        ScriptedSource second = new ScriptedSource();
        TradeOpsServer active = serve("active", first);
        try {
            first.publish("TURN", "1");
            Eventually.await("it is stored", () -> active.lastStored() == 1);
            try (TradeOpsServer standby = serve("standby", second);
                    FeedListener client = listen(standby, EVERYTHING)) {
                second.publish("TURN", "3");
                first.publish("TURN", "2");
                Eventually.await("the active one continues", () -> active.lastStored() == 2);
                Eventually.await("a heartbeat comes", () -> client.all().contains("heartbeat"));
                assertThat(client.seqs()).isEmpty();
                assertThat(new Client(standby.uri()).get("health/ready").status())
                        .isEqualTo(200);

                active.close();
                long next = 2 + FeedOffsets.BLOCK + 1;
                Eventually.await("the other takes over", () -> client.seqs().equals(List.of(next)));
                Eventually.await("and stores", () -> standby.lastStored() == next);
                assertThat(query("select seq || ' ' || trim_scale(price) from price_ticks order by seq"))
                        .isEqualTo("1 1\n2 2\n" + next + " 3\n");
            }
        } finally {
            active.close();
        }
    }

    private static String from(long seq) {
        return "{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"from_seq\":" + seq + "}";
    }

    private static TradeOpsServer serve(String name, ScriptedSource source) throws IOException {
        return TradeOpsServer.start(
                ServerConfig.of(settings(name)), new Closer(), InstantSource.system(), Optional.of(source));
    }

    private static Settings settings(String name) {
        return TestConfig.settings(directory.resolve(name))
                .with(Setting.DATABASE_URL, database.url())
                .with(Setting.DATABASE_USER, database.user())
                .with(Setting.DATABASE_PASSWORD, database.password());
    }

    private static FeedListener listen(TradeOpsServer server, String command) throws Exception {
        FeedListener client =
                FeedListener.connect(URI.create("ws://" + server.uri().getAuthority() + "/prices"));
        client.send(command);
        Eventually.await("it is subscribed", () -> client.all().contains("subscription"));
        return client;
    }

    /** Runs a statement. Returns the first column of its rows, one row per line. */
    private static String query(String sql) throws Exception {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            StringBuilder found = new StringBuilder();
            if (statement.execute(sql)) {
                for (ResultSet rows = statement.getResultSet(); rows.next(); ) {
                    found.append(rows.getString(1)).append('\n');
                }
            }
            return found.toString();
        }
    }
}
