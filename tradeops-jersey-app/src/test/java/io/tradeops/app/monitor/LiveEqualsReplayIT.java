package io.tradeops.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.db.Database;
import io.tradeops.app.feed.FeedEndpoint;
import io.tradeops.app.feed.FeedLimits;
import io.tradeops.app.feed.PriceFeed;
import io.tradeops.app.http.HttpServer;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.TestDatabase;
import io.tradeops.app.tick.TickRepository;
import io.tradeops.core.trade.Tick;
import io.tradeops.core.window.PriceMoveRule;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends a day of ticks through feed, monitor and database. Meanwhile the network is cut and paused and drops frames,
 * the feed's server is killed, and the monitor is restarted. The stored ticks, alerts and averages must equal those
 * that the same ticks give without a restart. {@code -Dtradeops.live.ticks=1728000} makes a day of 20 ticks per second;
 * {@code -Dtradeops.live.seed} makes another day.
 */
class LiveEqualsReplayIT {

    private static final int TICKS = Integer.getInteger("tradeops.live.ticks", 50_000);
    private static final long SEED = Long.getLong("tradeops.live.seed", 20_261_120);
    private static final int TICKS_PER_SECOND = Math.max(2_500, TICKS / 90);
    private static final int STEPS_PER_SECOND = 50;
    private static final int RETAINED = 200_000;
    private static final String FEED = "live";
    private static final Duration DEAD_AFTER = Duration.ofMillis(700);
    private static final Backoff.Limits QUICK =
            new Backoff.Limits(Duration.ofMillis(20), Duration.ofMillis(500), Duration.ofMillis(50));
    private static final List<String> TROUBLES =
            List.of("cut", "reset", "pause", "mute", "dropFrames", "kill", "restart", "average");

    @TempDir
    static Path directory;

    private static TestDatabase postgres;
    private static Database database;
    private static FeedOffsets offsets;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<Tick> day = SeededDay.of(SEED, TICKS);

    /** The troubles that are still to occur before all of them are drawn again. */
    private final List<String> deck = new ArrayList<>();

    private final PriceFeed feed = new PriceFeed(new FeedLimits(RETAINED, 2_000, 1_000), 1);
    private final Map<String, Integer> done = new HashMap<>();
    private long reconnects;

    @SuppressWarnings("NullAway.Init") // the test sets them
    private StoredDay stored;

    @SuppressWarnings("NullAway.Init")
    private CompletableFuture<Void> publishing;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @SuppressWarnings("NullAway.Init")
    private RoughNetwork network;

    @SuppressWarnings("NullAway.Init")
    private PriceMonitor monitor;

    @BeforeAll
    static void startDatabase() throws Exception {
        postgres = TestDatabase.in(directory.resolve("postgres"));
        database = postgres.open(AlertRepository.entities());
        offsets = new FeedOffsets(database);
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        database.close();
        postgres.close();
    }

    @Test
    void dayWithEveryTroubleEqualsItsReplay() throws Exception {
        stored = new StoredDay(database, day, directory);
        serve(0);
        network = RoughNetwork.to(server.port());
        startMonitor();
        publishing = CompletableFuture.runAsync(this::publish);
        while (!publishing.isDone() || !done.keySet().containsAll(TROUBLES)) { // the day may end first
            makeTrouble();
            awaitPublished(random.nextLong(TICKS_PER_SECOND / 20, TICKS_PER_SECOND * 7L / 10));
        }
        publishing.get();
        Eventually.await("all ticks are stored", () -> offsets.lastSeq(FEED) == day.size());
        stored.finalizeAverages();

        reconnects += monitor.reconnects();
        System.out.println(day.size() + " ticks, seed " + SEED + ", " + reconnects + " reconnects, " + done);
        assertThat(done).containsOnlyKeys(TROUBLES);
        stored.assertEqualsItsReplay();
        assertThat(monitor.ticksNotEvaluated()).isZero();
        assertThat(monitor.lostTicks()).isZero();
        assertThat(reconnects).isPositive();

        monitor.close();
        network.close();
        server.close();
        feed.close();
    }

    private void publish() {
        int perStep = TICKS_PER_SECOND / STEPS_PER_SECOND;
        for (int i = 0; i < day.size(); i++) {
            Tick tick = day.get(i);
            feed.publish(tick.ticker(), tick.epochNanos(), tick.priceUnits(), tick.quantityUnits());
            if (i % perStep == 0) {
                do {
                    pause(1_000 / STEPS_PER_SECOND);
                } while (feed.lastSeq() - offsets.lastSeq(FEED) > RETAINED / 2);
            }
        }
    }

    /** Waits for further ticks of the feed: it publishes them whatever the monitor can receive. */
    private void awaitPublished(long ticks) throws Exception {
        long seq = feed.lastSeq() + ticks;
        Eventually.await("the feed has published tick " + seq, () -> feed.lastSeq() >= seq || publishing.isDone());
    }

    private void makeTrouble() throws Exception {
        if (deck.isEmpty()) {
            deck.addAll(TROUBLES);
        }
        String trouble = deck.remove(random.nextInt(deck.size()));
        done.merge(trouble, 1, Integer::sum);
        switch (trouble) {
            case "cut" -> network.cut(false);
            case "reset" -> network.cut(true);
            case "pause" -> pauseNetwork();
            case "mute" -> network.mute();
            case "dropFrames" -> dropFrames();
            case "kill" -> killServer();
            case "restart" -> restartMonitor();
            default -> stored.finalizeAverages();
        }
    }

    private void pauseNetwork() {
        network.pause();
        pause(random.nextLong(1_500));
        network.resume();
    }

    /**
     * Waits first until ticks are stored again after another trouble: the monitor would accept ticks that are missing a
     * second time as the feed's own hole.
     */
    private void dropFrames() throws Exception {
        long before = offsets.lastSeq(FEED);
        Eventually.await("ticks are stored again", () -> offsets.lastSeq(FEED) > before || before == day.size());
        network.mute();
        pause(random.nextLong(DEAD_AFTER.toMillis() / 2));
        network.unmute();
    }

    private void killServer() throws IOException {
        int port = server.port();
        network.cut(true);
        server.close();
        pause(random.nextLong(800));
        serve(port);
    }

    private void restartMonitor() {
        monitor.close();
        reconnects += monitor.reconnects();
        startMonitor();
    }

    private void startMonitor() {
        URI uri = URI.create("ws://127.0.0.1:" + network.port() + FeedEndpoint.PATH);
        MonitorSettings settings = MonitorSettings.of(
                        uri, FEED, FeedSubscription.ofOurFeed(), List.of(PriceMoveRule.riseOfTwoPercentInOneMinute()))
                .withTimes(DEAD_AFTER, QUICK)
                .withTicksToRestore(TICKS / 100);
        monitor = PriceMonitor.start(settings, journal(FEED), found -> {});
    }

    private void serve(int port) throws IOException {
        server = HttpServer.start("127.0.0.1", port, List.of(), List.of(FeedEndpoint.of(feed, InstantSource.system())));
    }

    /** Lets time pass: the pace of the feed, or the length of a trouble beside the times at which the monitor acts. */
    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** A journal of a feed in the test's database. */
    private static PostgresJournal journal(String feed) {
        return new PostgresJournal(database, new TickRepository(database), new AlertRepository(database), feed);
    }
}
