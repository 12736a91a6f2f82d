package io.tradeops.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.Eventually;
import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.db.Database;
import io.tradeops.app.embedded.TestDatabase;
import io.tradeops.app.feed.FeedEndpoint;
import io.tradeops.app.feed.FeedJson;
import io.tradeops.app.feed.FeedLimits;
import io.tradeops.app.feed.FeedMessage.Tick;
import io.tradeops.app.feed.PriceFeed;
import io.tradeops.app.http.HttpServer;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.window.PriceMoveRule;
import java.io.IOException;
import java.math.BigDecimal;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The monitor between a feed and a database that come and go. */
class PriceMonitorIT {

    private static final String FEED = "test";
    private static final Duration NEVER = Duration.ofMinutes(10);
    private static final Backoff.Limits QUICK =
            new Backoff.Limits(Duration.ofMillis(20), Duration.ofSeconds(2), Duration.ofMillis(50));
    private static final Instant START = Instant.parse("2026-11-20T14:30:00Z");
    private static final int RETAINED = 10_000;

    @TempDir
    static Path directory;

    private static TestDatabase postgres;
    private static Database database;
    private static TickRepository ticks;
    private static MonitorStore store;

    /** What was published, in the order of the feed, as {@code ticker seq price millis}. */
    private final List<String> published = Collections.synchronizedList(new ArrayList<>());

    private final List<AutoCloseable> started = new ArrayList<>();

    private PriceFeed feed = new PriceFeed(new FeedLimits(RETAINED, 2_000, 1_000), 1);

    @SuppressWarnings("NullAway.Init") // serve() sets it
    private HttpServer server;

    @BeforeAll
    static void startDatabase() throws Exception {
        postgres = TestDatabase.in(directory);
        database = postgres.open(AlertRepository.entities());
        ticks = new TickRepository(database);
        store = new MonitorStore(database, ticks, new AlertRepository(database));
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        database.close();
        postgres.close();
    }

    @BeforeEach
    void start() throws Exception {
        TestDatabase.empty(database, "price_ticks", "open_windows", "alerts", "feed_positions", "monitor_memories");
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

    @Test
    void feedWhoseServerWasAwayIsFollowedWhereItWasLeft() throws Exception {
        PriceMonitor monitor = monitor(NEVER);
        publish(500);
        Eventually.await("some of it is stored", () -> monitor.lastSeq() > 0);
        int port = server.port();
        server.close();
        publish(300);
        serve(port);
        publish(200);

        awaitStored(monitor, 1_000);
        assertThat(stored()).isEqualTo(published);
    }

    @Test
    void feedOfANewProcessThatCountsOnIsFollowedWithoutAHole() throws Exception {
        PriceMonitor monitor = monitor(NEVER);
        publish(500);
        awaitStored(monitor, 500);
        replaceFeed(501);
        publish(200);

        awaitStored(monitor, 700);
        assertThat(stored()).isEqualTo(published);
    }

    @Test
    void feedThatCountsAnewIsFollowedFromItsBeginning() throws Exception {
        PriceMonitor monitor = monitor(NEVER);
        publish(300);
        awaitStored(monitor, 300);
        replaceFeed(1);
        publish(100);
        Eventually.await("the monitor is back", () -> feed.connectionCount() == 1);
        for (int i = 0; i < 150; i++) {
            publish(1);
            Thread.onSpinWait();
        }

        awaitStored(monitor, 250);
        assertThat(stored()).hasSize(550).containsExactlyInAnyOrderElementsOf(published);
        assertThat(store.lastSeq(FEED)).isEqualTo(250);
    }

    @Test
    void whatTheFeedNoLongerHoldsIsPassedOver() throws Exception {
        publish(RETAINED + 5);
        PriceMonitor monitor = monitor(NEVER);

        awaitStored(monitor, RETAINED + 5);
        assertThat(stored()).isEqualTo(published.subList(5, published.size()));
    }

    @Test
    void batchIsKeptUntilTheDatabaseIsBack() throws Exception {
        PriceMonitor monitor = monitor(NEVER);
        publish(200);
        awaitStored(monitor, 200);
        postgres.stop();
        publish("JUMP", "100", START);
        publish("JUMP", "102.01", START.plusSeconds(60));
        publish(100);
        assertThat(database.isAvailable()).isFalse();
        publish(100);
        assertThat(monitor.lastSeq()).isEqualTo(200);
        postgres.startAgain();

        awaitStored(monitor, 402);
        assertThat(stored()).isEqualTo(published);
        assertThat(alerts()).containsExactly("JUMP 201 202");
    }

    @Test
    void monitorWaitsForTheDatabaseBeforeItBegins() throws Exception {
        publish(100);
        postgres.stop();
        PriceMonitor monitor = monitor(NEVER);
        assertThat(database.isAvailable()).isFalse();
        assertThat(feed.connectionCount()).isZero();
        postgres.startAgain();

        awaitStored(monitor, 100);
        assertThat(stored()).isEqualTo(published);
    }

    @Test
    void riseThatSpansARestartIsAnAlertExactlyOnce() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish("JUMP", "100", START);
        awaitStored(first, 1);
        first.close();
        publish("JUMP", "102.01", START.plusSeconds(60));

        PriceMonitor second = monitor(NEVER);
        awaitStored(second, 2);
        assertThat(alerts()).containsExactly("JUMP 1 2");
        second.close();
        publish("JUMP", "102.02", START.plusSeconds(60));

        PriceMonitor third = monitor(NEVER);
        awaitStored(third, 3);
        assertThat(alerts()).containsExactly("JUMP 1 2");
    }

    @Test
    void excursionOfATickerThatWasQuietBeforeARestartIsNotAnAlertAgain() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish("QUIET", "100", START);
        publish("QUIET", "103", START.plusSeconds(20));
        publish("OTHER", "50", START.plusSeconds(70));
        awaitStored(first, 3);
        assertThat(alerts()).containsExactly("QUIET 1 2");
        first.close();
        publish("QUIET", "106", START.plusSeconds(71)); // more than 2 % over 103, in the same excursion

        PriceMonitor second = monitor(NEVER);
        awaitStored(second, 4);
        assertThat(alerts()).containsExactly("QUIET 1 2");
    }

    @Test
    void excursionThatALateTickContinuesAfterARestartIsNotAnAlertAgain() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish("QUIET", "100", START);
        publish("QUIET", "103", START.plusSeconds(59));
        publish("OTHER", "50", START.plusMillis(120_500));
        awaitStored(first, 3);
        assertThat(alerts()).containsExactly("QUIET 1 2");
        first.close();
        publish("QUIET", "106", START.plusSeconds(119)); // 1.5 s late, in the same excursion

        PriceMonitor second = monitor(NEVER);
        awaitStored(second, 4);
        assertThat(alerts()).containsExactly("QUIET 1 2");
    }

    @Test
    void riseOfATickerWhoseTimesAreFarBehindIsAnAlertAfterARestartToo() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish("BEHIND", "100", START.minusSeconds(3_600));
        publish("OTHER", "50", START);
        publish("BEHIND", "101", START.minusSeconds(3_590));
        publish("OTHER", "50", START.plusSeconds(10));
        awaitStored(first, 4);
        first.close();
        publish("BEHIND", "102.01", START.minusSeconds(3_580));

        PriceMonitor second = monitor(NEVER);
        awaitStored(second, 5);
        assertThat(alerts()).containsExactly("BEHIND 1 5");
    }

    @Test
    void oneTimeFarAheadDoesNotKeepOthersFromBeingRestored() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish("JUMP", "100", START);
        publish("AHEAD", "50", START.plus(Duration.ofDays(300)));
        publish("JUMP", "101", START.plusSeconds(10));
        awaitStored(first, 3);
        first.close();
        publish("JUMP", "102.01", START.plusSeconds(20));

        PriceMonitor second = monitor(NEVER);
        awaitStored(second, 4);
        assertThat(alerts()).containsExactly("JUMP 1 4");
    }

    @Test
    void detectorOfAnotherFeedKnowsNothingOfThisOnesTicks() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish("JUMP", "100", START);
        awaitStored(first, 1);
        first.close();
        replaceFeed(1);
        publish("JUMP", "103", START.plusSeconds(10));

        PriceMonitor second = monitorOf("other");
        awaitStored(second, 1);
        assertThat(alerts()).isEmpty();
    }

    @Test
    void detectorIsRestoredFromTheTicksOfItsOwnFeed() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish("JUMP", "100", START);
        awaitStored(first, 1);
        first.close();
        replaceFeed(1);
        publish("JUMP", "90", START.plusSeconds(10));
        PriceMonitor other = monitorOf("other");
        awaitStored(other, 1);
        other.close();
        replaceFeed(2);
        publish("JUMP", "101", START.plusSeconds(20));
        publish("JUMP", "102.01", START.plusSeconds(30));

        PriceMonitor again = monitor(NEVER);
        awaitStored(again, 3);
        assertThat(alerts()).containsExactly("JUMP 1 3");
    }

    @Test
    void detectorIsRestoredFromTicksThatWereStoredBeforeFeedsWereToldApart() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish("JUMP", "100", START);
        awaitStored(first, 1);
        first.close();
        query("update price_ticks set feed = null returning ticker");
        publish("JUMP", "102.01", START.plusSeconds(30));

        PriceMonitor second = monitor(NEVER);
        awaitStored(second, 2);
        assertThat(alerts()).containsExactly("JUMP 1 2");
    }

    @Test
    void memoryThatIsKeptIsGoneOnFromWithTheTicksSinceThen() throws Exception {
        PriceMonitor first = monitorThatKeepsItsMemoryEvery(2);
        publish("QUIET", "100", START);
        awaitStored(first, 1);
        publish("QUIET", "103", START.plusSeconds(20));
        awaitStored(first, 2);
        publish("JUMP", "50", START.plusSeconds(21));
        awaitStored(first, 3);
        publish("JUMP", "50.5", START.plusSeconds(22));
        awaitStored(first, 4);
        publish("OTHER", "50", START.plusSeconds(23));
        awaitStored(first, 5);
        first.close();
        assertThat(query("select last_seq from monitor_memories")).containsExactly("4");
        query("update price_ticks set feed = -1 where seq <= 4 returning ticker"); // only the memory knows them
        publish("QUIET", "104", START.plusSeconds(24));
        publish("JUMP", "51.01", START.plusSeconds(25));
        publish("OTHER", "51.01", START.plusSeconds(26));

        PriceMonitor second = monitorThatKeepsItsMemoryEvery(2);
        awaitStored(second, 8);
        assertThat(alerts()).containsExactly("QUIET 1 2", "JUMP 3 7", "OTHER 5 8");
    }

    @Test
    void memoryForOtherRulesIsLeftAndTheTicksAreSeenAgain() throws Exception {
        PriceMonitor first = monitorThatKeepsItsMemoryEvery(1);
        publish("JUMP", "100", START);
        awaitStored(first, 1);
        first.close();
        publish("JUMP", "101.01", START.plusSeconds(25));

        List<PriceMoveRule> other =
                List.of(new PriceMoveRule(PriceMoveRule.Direction.UP, BigDecimal.ONE, Duration.ofMinutes(1)));
        PriceMonitor second = started(PriceMonitor.start(
                MonitorSettings.of(uri(server), FEED, FeedSubscription.ofOurFeed(), other), store, found -> {}));
        awaitStored(second, 2);
        assertThat(alerts()).containsExactly("JUMP 1 2");
    }

    @Test
    void lateTickThatIsJudgedAfterTheMemoryIsSeenAgainAndOneThatIsNotDoesNotSpoilIt() throws Exception {
        PriceMonitor first = monitorThatKeepsItsMemoryEvery(2);
        publish("JUMP", "101", START.plusSeconds(600));
        publish("JUMP", "101", START.plusSeconds(601));
        awaitStored(first, 2);
        publish("JUMP", "100", START.plusMillis(600_500)); // late, but not too late
        awaitStored(first, 3);
        first.close();
        assertThat(query("select last_seq from monitor_memories")).containsExactly("2");

        PriceMonitor second = monitorThatKeepsItsMemoryEvery(100);
        publish("JUMP", "50", START);
        publish("JUMP", "101.5", START.plusSeconds(602));
        awaitStored(second, 5);
        second.close();
        assertThat(query("select tail_from = '" + START.plusMillis(600_500) + "' from feed_positions"))
                .containsExactly("t");
        publish("JUMP", "102.01", START.plusSeconds(603));

        PriceMonitor third = monitorThatKeepsItsMemoryEvery(100);
        awaitStored(third, 6);
        assertThat(alerts()).containsExactly("JUMP 3 6");
    }

    @Test
    void ticksOfTwoCountingsAreSeenAgainInTheOrderOfTheirTimes() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish("JUMP", "100", START);
        publish("JUMP", "98", START.plusSeconds(10));
        awaitStored(first, 2);
        replaceFeed(1);
        publish("JUMP", "98.5", START.plusSeconds(15));
        awaitStored(first, 1);
        publish("JUMP", "98.5", START.plusSeconds(16));
        publish("JUMP", "98.5", START.plusSeconds(17));
        awaitStored(first, 3); // which is more than the old numbers reached
        first.close();
        publish("JUMP", "99.97", START.plusSeconds(20));

        PriceMonitor second = monitor(NEVER);
        awaitStored(second, 4);
        assertThat(alerts()).containsExactly("JUMP 2 4");
    }

    @Test
    void memoryThatCannotBeReadIsLeftAndTheTicksAreSeenAgain() throws Exception {
        PriceMonitor first = monitorThatKeepsItsMemoryEvery(1);
        publish("JUMP", "100", START);
        awaitStored(first, 1);
        first.close();
        assertThat(query("update monitor_memories set memory = substring(memory from 1 for 90) returning feed::text"))
                .hasSize(1);
        publish("JUMP", "102.01", START.plusSeconds(25));

        PriceMonitor second = monitorThatKeepsItsMemoryEvery(1);
        awaitStored(second, 2);
        assertThat(alerts()).containsExactly("JUMP 1 2");
    }

    @Test
    void memoryFromBeforeTheFeedCountsAnewIsLeft() throws Exception {
        PriceMonitor first = monitorThatKeepsItsMemoryEvery(2);
        publish("JUMP", "90", START);
        publish("JUMP", "90.1", START.plusMillis(1));
        awaitStored(first, 2);
        replaceFeed(1);
        publish("JUMP", "100", START.plusSeconds(61));
        awaitStored(first, 1);
        publish("JUMP", "100", START.plusSeconds(62));
        publish("JUMP", "100", START.plusSeconds(63));
        awaitStored(first, 3);
        assertThat(query("select 'kept' from feed_positions where tail_from is not null"))
                .isEmpty();
        first.close();
        publish("JUMP", "102.01", START.plusSeconds(64));

        PriceMonitor second = monitorThatKeepsItsMemoryEvery(2);
        awaitStored(second, 4);
        assertThat(alerts()).containsExactly("JUMP 3 4");
    }

    @Test
    void muteConnectionIsReplacedAfterFifteenSeconds() throws Exception {
        try (RoughNetwork network = RoughNetwork.to(server.port())) {
            URI uri = URI.create("ws://127.0.0.1:" + network.port() + FeedEndpoint.PATH);
            PriceMonitor monitor = started(PriceMonitor.start(
                    MonitorSettings.of(uri, FEED, FeedSubscription.ofOurFeed(), rules()), store, found -> {}));
            publish("MUTE", "1", START);
            awaitStored(monitor, 1);
            network.mute();
            long begun = System.nanoTime();
            publish("MUTE", "2", START.plusSeconds(1));
            awaitStored(monitor, 2);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
            assertThat(monitor.reconnects()).isEqualTo(1);
        }
    }

    @Test
    void cooldownLastsThroughARestart() throws Exception {
        PriceMoveRule fall = new PriceMoveRule(PriceMoveRule.Direction.DOWN, BigDecimal.ONE, Duration.ofSeconds(10))
                .withCooldown(Duration.ofHours(1));
        MonitorSettings settings = MonitorSettings.of(uri(server), FEED, FeedSubscription.ofOurFeed(), List.of(fall));
        PriceMonitor first = started(PriceMonitor.start(settings, store, found -> {}));
        publish("FALL", "100", START);
        publish("FALL", "98", START.plusSeconds(1));
        publish("FALL", "98", START.plusSeconds(3_000));
        awaitStored(first, 3);
        first.close();
        publish("FALL", "90", START.plusSeconds(3_001));
        publish("FALL", "98", START.plusSeconds(3_601));
        publish("FALL", "97", START.plusSeconds(3_602));

        PriceMonitor second = started(PriceMonitor.start(settings, store, found -> {}));
        awaitStored(second, 6);
        assertThat(alerts()).containsExactly("FALL 1 2", "FALL 5 6");
        assertThat(query("select trim_scale(change_percent)::text from alerts order by trigger_seq"))
                .containsExactly("-2", "-1.0204");
    }

    @Test
    void dayThatAnotherHasDroppedIsMadeAgain() throws Exception {
        PriceMonitor monitor = monitor(NEVER);
        publish(10);
        awaitStored(monitor, 10);
        new TickRepository(database).dropBefore(START.plus(Duration.ofDays(30)));
        assertThat(stored()).isEmpty();
        publish(10);

        awaitStored(monitor, 20);
        assertThat(stored()).isEqualTo(published.subList(10, 20));
    }

    @Test
    void tickWithTheNumberZeroIsStored() throws Exception {
        RawFeed raw = started(RawFeed.start(RawFeed.Greeting.ANSWER));
        PriceMonitor monitor = monitorOf(raw);
        for (int seq = 0; seq <= 2; seq++) {
            raw.connection(0).text(rawTick(seq));
        }

        awaitStored(monitor, 2);
        assertThat(query("select seq from price_ticks order by seq")).containsExactly("0", "1", "2");
    }

    @Test
    void feedMayBeginToCountAnywhereWithoutAWord() throws Exception {
        RawFeed raw = started(RawFeed.start(RawFeed.Greeting.ANSWER));
        PriceMonitor monitor = monitorOf(raw);
        raw.connection(0).text(rawTick(1_000));
        raw.connection(1).text(rawTick(1_000));
        raw.connection(1).text(rawTick(1_001));

        awaitStored(monitor, 1_001);
        assertThat(monitor.lostTicks()).isZero();
        assertThat(raw.count()).isEqualTo(2);
    }

    @Test
    void oneOfTwoMonitorsIsActiveAndTheOtherTakesOver() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish("JUMP", "100", START);
        awaitStored(first, 1);
        PriceMonitor second = monitor(NEVER);
        Eventually.await("the second stands by", second::isStandby);
        publish(100);
        awaitStored(first, 101);
        assertThat(second.ticksStored()).isZero();
        long begun = System.nanoTime();
        first.close();
        publish("JUMP", "102.01", START.plusSeconds(60));

        awaitStored(second, 102);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        assertThat(stored()).isEqualTo(published);
        assertThat(alerts()).containsExactly("JUMP 1 102");
    }

    @Test
    void monitorWhoseSessionIsEndedGivesWayOrGoesOn() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish(100);
        awaitStored(first, 100);
        PriceMonitor second = monitor(NEVER);
        Eventually.await("the second stands by", second::isStandby);
        for (int i = 1; i <= 3; i++) {
            query("select pg_terminate_backend(pid)::text from pg_stat_activity where pid in"
                    + " (select pid from pg_locks where locktype = 'advisory')");
            publish(100);
            int expected = 100 * (i + 1);
            Eventually.await(
                    "all is stored by one of them", () -> first.lastSeq() == expected || second.lastSeq() == expected);
        }

        assertThat(stored()).isEqualTo(published);
        assertThat(first.ticksStored() + second.ticksStored()).isEqualTo(400);
        assertThat(first.isStandby()).isNotEqualTo(second.isStandby());
    }

    private void serve(int port) throws IOException {
        server = HttpServer.start("127.0.0.1", port, List.of(), List.of(FeedEndpoint.of(feed, InstantSource.system())));
    }

    /** Ends the feed's process, so to speak, and starts another in its place. */
    private void replaceFeed(long firstSeq) throws IOException {
        int port = server.port();
        server.close();
        feed.close();
        feed = new PriceFeed(new FeedLimits(RETAINED, 2_000, 1_000), firstSeq);
        serve(port);
    }

    private PriceMonitor monitor(Duration deadAfter) {
        return started(PriceMonitor.start(settings(server, deadAfter), store, found -> {}));
    }

    private PriceMonitor monitorThatKeepsItsMemoryEvery(int ticks) {
        return started(PriceMonitor.start(settings(server, NEVER).withTicksToRestore(ticks), store, found -> {}));
    }

    private PriceMonitor monitorOf(String name) {
        MonitorSettings settings = MonitorSettings.of(uri(server), name, FeedSubscription.ofOurFeed(), rules());
        return started(PriceMonitor.start(settings, store, found -> {}));
    }

    private PriceMonitor monitorOf(RawFeed raw) {
        MonitorSettings settings = MonitorSettings.of(raw.uri(), "raw", FeedSubscription.ofOurFeed(), rules())
                .withTimes(NEVER, QUICK);
        return started(PriceMonitor.start(settings, store, found -> {}));
    }

    private static String rawTick(long seq) {
        return FeedJson.encode(new Tick(seq, "RAW", FixedDecimal.ONE, FixedDecimal.ONE, EpochNanos.of(START)));
    }

    private static MonitorSettings settings(HttpServer server, Duration deadAfter) {
        return MonitorSettings.of(uri(server), FEED, FeedSubscription.ofOurFeed(), rules())
                .withTimes(deadAfter, QUICK);
    }

    private <T extends AutoCloseable> T started(T part) {
        started.add(part);
        return part;
    }

    private static URI uri(HttpServer server) {
        return URI.create("ws://127.0.0.1:" + server.port() + "/prices");
    }

    private static List<PriceMoveRule> rules() {
        return List.of(PriceMoveRule.riseOfTwoPercentInOneMinute());
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            publish("AAPL", "100", START.plusMillis(published.size()));
        }
    }

    private void publish(String ticker, String price, Instant time) {
        long seq = feed.publish(ticker, FixedDecimal.parse(price), FixedDecimal.ONE, EpochNanos.of(time));
        published.add(ticker + " " + seq + " " + price + " " + time.toEpochMilli());
    }

    private static void awaitStored(PriceMonitor monitor, long seq) throws Exception {
        Eventually.await("tick " + seq + " is stored", () -> monitor.lastSeq() == seq);
    }

    private static List<String> stored() {
        return query("select ticker || ' ' || seq || ' ' || trim_scale(price) || ' '"
                + " || (extract(epoch from occurred_at) * 1000)::bigint from price_ticks order by seq");
    }

    private static List<String> alerts() {
        return query("select ticker || ' ' || reference_seq || ' ' || trigger_seq from alerts order by trigger_seq");
    }

    private static List<String> query(String sql) {
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
}
