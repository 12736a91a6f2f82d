package io.tradeops.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.db.Database;
import io.tradeops.app.feed.FeedEndpoint;
import io.tradeops.app.feed.FeedLimits;
import io.tradeops.app.feed.PriceFeed;
import io.tradeops.app.http.HttpServer;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.Program;
import io.tradeops.app.support.TestDatabase;
import io.tradeops.app.tick.TickRepository;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import io.tradeops.core.window.PriceMoveRule;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process of the {@code monitor} command holds the lock and is suspended or killed; a standby takes over. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGSTOP")
class MonitorProcessIT {

    private static final Duration TAKES_OVER_WITHIN = Duration.ofSeconds(10);
    private static final Instant START = Instant.parse("2026-11-20T14:30:00Z");
    private static final int RETAINED = 100_000;
    private static final int TICKS_PER_ROUND = 20;
    private static final int TICKS_PER_HALF_WAVE = 150;
    private static final List<PriceMoveRule> RULES = List.of(PriceMoveRule.riseOfTwoPercentInOneMinute());

    @TempDir
    Path directory;

    private final PriceFeed feed = new PriceFeed(new FeedLimits(RETAINED, 2_000, 1_000), 1);
    private final ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();

    @SuppressWarnings("NullAway.Init") // start() sets them
    private TestDatabase postgres;

    @SuppressWarnings("NullAway.Init")
    private Database database;

    @SuppressWarnings("NullAway.Init")
    private FeedOffsets offsets;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        postgres = TestDatabase.in(directory.resolve("postgres"));
        database = postgres.open(AlertRepository.entities());
        offsets = new FeedOffsets(database);
        server = HttpServer.start("127.0.0.1", 0, List.of(), List.of(FeedEndpoint.of(feed, InstantSource.system())));
        var unused = publisher.scheduleAtFixedRate(this::publish, 0, 10, TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        publisher.shutdownNow();
        server.close();
        feed.close();
        database.close();
        postgres.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOP", "KILL"})
    void standbyTakesOverFromAProcessThatGetsASignal(String signal) throws Exception {
        URI uri = URI.create("ws://127.0.0.1:" + server.port() + FeedEndpoint.PATH);
        String name = MonitorSettings.nameOf(uri);
        Process holder = startMonitor(uri);
        try (PriceMonitor standby = standby(uri, name)) {
            signal(holder, signal);
            long startNanos = System.nanoTime();
            Eventually.await("the standby stores ticks", () -> standby.ticksStored() > 0);
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(TAKES_OVER_WITHIN);

            signal(holder, "CONT"); // a process that was suspended notices and becomes a standby
            publisher.shutdown();
            assertThat(publisher.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            Eventually.await("all ticks are stored", () -> offsets.lastSeq(name) == feed.lastSeq());
            assertThat(standby.isStandby()).isFalse();
            assertThat(storedTicks()).isEqualTo(feed.lastSeq());
            assertThat(storedAlerts()).hasSizeGreaterThan(10).isEqualTo(alertsOf(feed.lastSeq()));
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }

    /** Starts a process, and waits until it has stored ticks. */
    private Process startMonitor(URI uri) throws Exception {
        Map<String, String> environment = Map.of(
                "TRADEOPS_DATABASE_URL", postgres.url(),
                "TRADEOPS_DATABASE_USER", postgres.user(),
                "TRADEOPS_DATABASE_PASSWORD", postgres.password());
        Process process = Program.start(directory, environment, "monitor", uri.toString());
        Eventually.await("the process stores ticks", () -> offsets.lastSeq(MonitorSettings.nameOf(uri)) > 0);
        return process;
    }

    private PriceMonitor standby(URI uri, String name) throws Exception {
        MonitorSettings settings = MonitorSettings.of(uri, name, FeedSubscription.ofOurFeed(), RULES);
        PriceMonitor monitor = PriceMonitor.start(settings, journal(settings.feedName()), found -> {});
        Eventually.await("the monitor is on standby", monitor::isStandby);
        return monitor;
    }

    private void publish() {
        for (int i = 0; i < TICKS_PER_ROUND; i++) {
            Tick tick = tick(feed.lastSeq() + 1);
            feed.publish(tick.ticker(), tick.epochNanos(), tick.priceUnits(), tick.quantityUnits());
        }
    }

    /** A tick of a price that rises by 3 percent, which is an alert, and falls again, repeatedly. */
    private static Tick tick(long seq) {
        long price = (seq / TICKS_PER_HALF_WAVE % 2 == 0 ? 100 : 103) * FixedDecimal.ONE;
        return new Tick("AAPL", EpochNanos.of(START.plusMillis(seq)), price, FixedDecimal.ONE, seq);
    }

    private static List<String> alertsOf(long lastSeq) {
        AlertDetector detector = new AlertDetector(RULES);
        return LongStream.rangeClosed(1, lastSeq)
                .mapToObj(seq -> detector.onTick(tick(seq)))
                .flatMap(List::stream)
                .map(alert -> alert.id().toString())
                .sorted()
                .toList();
    }

    private List<String> storedAlerts() {
        return query("select id from alerts").stream().sorted().toList();
    }

    private long storedTicks() {
        return Long.parseLong(
                query("select count(distinct seq) from price_ticks").get(0));
    }

    private List<String> query(String sql) {
        return database.withConnection(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                List<String> texts = new ArrayList<>();
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
                return texts;
            }
        });
    }

    private static void signal(Process process, String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        boolean isGone = kill.waitFor() != 0;
        assertThat(isGone && process.isAlive()).isFalse();
    }

    /** A journal of a feed in the test's database. */
    private PostgresJournal journal(String feed) {
        return new PostgresJournal(database, new TickRepository(database), new AlertRepository(database), feed);
    }
}
