package io.tradeops.app.monitor;

import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.db.Database;
import io.tradeops.app.feed.FeedEndpoint;
import io.tradeops.app.feed.FeedLimits;
import io.tradeops.app.feed.PriceFeed;
import io.tradeops.app.http.HttpServer;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.TestDatabase;
import io.tradeops.app.tick.TickRepository;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.window.PriceMoveRule;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A base class with a feed for each test, and a database for the class in which monitors of the feed store. */
abstract class MonitoredFeed {

    static final String FEED = "test";
    static final Duration NEVER = Duration.ofMinutes(10);
    static final Backoff.Limits QUICK =
            new Backoff.Limits(Duration.ofMillis(20), Duration.ofSeconds(2), Duration.ofMillis(50));
    static final Instant START = Instant.parse("2026-11-20T14:30:00Z");
    static final int RETAINED = 10_000;

    @TempDir
    static Path directory;

    static TestDatabase postgres;
    static Database database;
    static TickRepository ticks;
    static FeedOffsets offsets;

    /** The published ticks in the order of the feed, as {@code ticker seq price millis}. */
    final List<String> published = Collections.synchronizedList(new ArrayList<>());

    final List<AutoCloseable> started = new ArrayList<>();

    PriceFeed feed = new PriceFeed(new FeedLimits(RETAINED, 2_000, 1_000), 1);

    @SuppressWarnings("NullAway.Init") // serve() sets it
    HttpServer server;

    @BeforeAll
    static void startDatabase() throws Exception {
        postgres = TestDatabase.in(directory);
        database = postgres.open(AlertRepository.entities());
        ticks = new TickRepository(database);
        offsets = new FeedOffsets(database);
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        database.close();
        postgres.close();
    }

    @BeforeEach
    void start() throws Exception {
        TestDatabase.empty(database, "price_ticks", "open_windows", "alerts", "feed_offsets", "detector_snapshots");
        serve(0);
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = started.size() - 1; i >= 0; i--) {
            started.get(i).close();
        }
        server.close();
        feed.close();
    }

    void serve(int port) throws IOException {
        server = HttpServer.start("127.0.0.1", port, List.of(), List.of(FeedEndpoint.of(feed, InstantSource.system())));
    }

    /** Replaces the feed by one that starts with another number, on the same port, as if its process was restarted. */
    void replaceFeed(long firstSeq) throws IOException {
        int port = server.port();
        server.close();
        feed.close();
        feed = new PriceFeed(new FeedLimits(RETAINED, 2_000, 1_000), firstSeq);
        serve(port);
    }

    PriceMonitor monitor(Duration deadAfter) {
        return started(PriceMonitor.start(settings(server, deadAfter), journal(FEED), found -> {}));
    }

    PriceMonitor monitorOf(String name) {
        MonitorSettings settings = MonitorSettings.of(uri(server), name, FeedSubscription.ofOurFeed(), rules());
        return started(PriceMonitor.start(settings, journal(FEED), found -> {}));
    }

    static MonitorSettings settings(HttpServer server, Duration deadAfter) {
        return MonitorSettings.of(uri(server), FEED, FeedSubscription.ofOurFeed(), rules())
                .withTimes(deadAfter, QUICK);
    }

    <T extends AutoCloseable> T started(T part) {
        started.add(part);
        return part;
    }

    static URI uri(HttpServer server) {
        return URI.create("ws://127.0.0.1:" + server.port() + "/prices");
    }

    static List<PriceMoveRule> rules() {
        return List.of(PriceMoveRule.riseOfTwoPercentInOneMinute());
    }

    void publish(String ticker, String price, Instant time) {
        long seq = feed.publish(ticker, EpochNanos.of(time), FixedDecimal.parse(price), FixedDecimal.ONE);
        published.add(ticker + " " + seq + " " + price + " " + time.toEpochMilli());
    }

    static void awaitStored(PriceMonitor monitor, long seq) throws Exception {
        Eventually.await("tick " + seq + " is stored", () -> monitor.lastSeq() == seq);
    }

    static List<String> alerts() {
        return query("select ticker || ' ' || reference_seq || ' ' || trigger_seq from alerts order by trigger_seq");
    }

    static List<String> query(String sql) {
        return database.withConnection(connection -> {
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                List<String> texts = new ArrayList<>();
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
                return texts;
            }
        });
    }

    /** A journal of a feed in the tests' database. */
    static PostgresJournal journal(String feed) {
        return new PostgresJournal(database, ticks, new AlertRepository(database), feed);
    }
}
