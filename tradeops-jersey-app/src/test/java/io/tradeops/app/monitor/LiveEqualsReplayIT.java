package io.tradeops.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradeops.app.Eventually;
import io.tradeops.app.Program;
import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.alert.AlertResource;
import io.tradeops.app.alert.AlertStream;
import io.tradeops.app.average.AverageRepository;
import io.tradeops.app.db.Database;
import io.tradeops.app.embedded.TestDatabase;
import io.tradeops.app.feed.FeedEndpoint;
import io.tradeops.app.feed.FeedLimits;
import io.tradeops.app.feed.FeedMessage.Tick;
import io.tradeops.app.feed.PriceFeed;
import io.tradeops.app.http.HttpServer;
import io.tradeops.app.http.Json;
import io.tradeops.core.average.AveragePrice;
import io.tradeops.core.average.PriceAverager;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.window.PriceMoveRule;
import io.tradeops.jobs.FinalizeAverages;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day of ticks through feed, monitor and database, while the network is cut, stands still and swallows, the feed's
 * server is killed and the monitor restarted: what is stored is what the same ticks give in one go. {@code
 * -Dtradeops.live.ticks=1728000} makes it 20 ticks a second; {@code -Dtradeops.live.seed} makes it another day.
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
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    @TempDir
    static Path directory;

    private static TestDatabase postgres;
    private static Database database;
    private static TickRepository ticks;
    private static AlertRepository alerts;
    private static MonitorStore store;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<Tick> day = SeededDay.of(SEED, TICKS);
    private final PriceFeed feed = new PriceFeed(new FeedLimits(RETAINED, 2_000, 1_000), 1);
    private final Map<String, Integer> done = new HashMap<>();
    private long reconnects;

    @SuppressWarnings("NullAway.Init") // the test sets them
    private HttpServer server;

    @SuppressWarnings("NullAway.Init")
    private RoughNetwork network;

    @SuppressWarnings("NullAway.Init")
    private PriceMonitor monitor;

    @BeforeAll
    static void startDatabase() throws Exception {
        postgres = TestDatabase.in(directory.resolve("postgres"));
        database = postgres.open(AlertRepository.entities());
        ticks = new TickRepository(database);
        alerts = new AlertRepository(database);
        store = new MonitorStore(database, ticks, alerts);
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        database.close();
        postgres.close();
    }

    @Test
    void dayWithEveryTroubleGivesWhatItsReplayGives() throws Exception {
        serve(0);
        network = RoughNetwork.to(server.port());
        startMonitor();
        CompletableFuture<Void> publishing = CompletableFuture.runAsync(this::publish);
        while (!publishing.isDone()) {
            makeTrouble();
            pause(random.nextLong(50, 700));
        }
        publishing.get();
        Eventually.await("all is stored", () -> store.lastSeq(FEED) == day.size());
        finalizeAverages();

        reconnects += monitor.reconnects();
        System.out.println(day.size() + " ticks, seed " + SEED + ", " + reconnects + " reconnects, " + done);
        assertEachTickIsStoredOnce();
        List<String> replayed = replayedAlerts();
        System.out.println(replayed.size() + " alerts");
        assertThat(replayed).hasSizeGreaterThan(100);
        assertThat(storedAlerts()).isEqualTo(replayed);
        List<String> averages = averagesInOneGo();
        System.out.println(averages.size() + " averages");
        assertThat(storedAverages()).isEqualTo(averages);
        assertThat(monitor.unjudgedTicks()).isZero();
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
            feed.publish(tick.ticker(), tick.priceUnits(), tick.quantityUnits(), tick.epochNanos());
            if (i % perStep == 0) {
                do {
                    pause(1_000 / STEPS_PER_SECOND);
                } while (feed.lastSeq() - store.lastSeq(FEED) > RETAINED / 2);
            }
        }
    }

    private void makeTrouble() throws Exception {
        String trouble = List.of("cut", "reset", "pause", "mute", "kill", "restart", "average")
                .get(random.nextInt(7));
        done.merge(trouble, 1, Integer::sum);
        switch (trouble) {
            case "cut" -> network.cut(false);
            case "reset" -> network.cut(true);
            case "pause" -> standStill();
            case "mute" -> network.mute();
            case "kill" -> killServer();
            case "restart" -> restartMonitor();
            default -> finalizeAverages();
        }
    }

    private void standStill() {
        network.pause();
        pause(random.nextLong(1_500));
        network.goOn();
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
                .withTimes(DEAD_AFTER, QUICK);
        monitor = PriceMonitor.start(settings, store, found -> {});
    }

    private void serve(int port) throws IOException {
        server = HttpServer.start("127.0.0.1", port, List.of(), List.of(FeedEndpoint.of(feed, InstantSource.system())));
    }

    /** Also of windows that have not ended: what comes later revises them. */
    private static void finalizeAverages() {
        new FinalizeAverages(ticks, new AverageRepository(database), () -> SeededDay.START.plus(Duration.ofDays(2)))
                .run(new FinalizeAverages.Request());
    }

    private void assertEachTickIsStoredOnce() {
        List<Tick> wrong = new ArrayList<>();
        long[] count = new long[1];
        database.withConnection(connection -> {
            TickRepository.forEachNewest(connection, Duration.ofDays(2), day.size(), tick -> {
                if (!tick.equals(day.get((int) count[0]))) {
                    wrong.add(tick);
                }
                count[0]++;
            });
            return true;
        });
        assertThat(wrong).isEmpty();
        assertThat(count[0]).isEqualTo(day.size());
    }

    private List<String> replayedAlerts() throws Exception {
        Path file = directory.resolve("ticks.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("ticker,price,quantity,timestamp\n");
            for (Tick tick : day) {
                out.write(tick.ticker() + "," + FixedDecimal.toString(tick.priceUnits()) + ","
                        + FixedDecimal.toString(tick.quantityUnits()) + ","
                        + EpochNanos.format(EpochNanos.toInstant(tick.epochNanos())) + "\n");
            }
        }
        Program.Outcome replay = Program.run(directory, Map.of(), "replay", file.toString());
        assertThat(replay.exitCode()).as(replay.errors()).isZero();
        List<String> found = new ArrayList<>();
        for (String line : replay.output().lines().toList()) {
            found.add(Json.mapper().readTree(line).toString());
        }
        Collections.sort(found);
        return found;
    }

    /** As the API answers them. */
    private static List<String> storedAlerts() throws Exception {
        List<String> found = new ArrayList<>();
        try (AlertStream stream = AlertStream.start(alerts);
                HttpServer api =
                        HttpServer.start("127.0.0.1", 0, List.of(new AlertResource(alerts, stream)), List.of())) {
            String page = api.uri() + "alerts/?limit=10000";
            while (!page.isEmpty()) {
                HttpResponse<String> response = HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(URI.create(page)).build(), HttpResponse.BodyHandlers.ofString());
                assertThat(response.statusCode()).isEqualTo(200);
                for (JsonNode alert : Json.mapper().readTree(response.body())) {
                    found.add(alert.toString());
                }
                Matcher next =
                        NEXT.matcher(response.headers().firstValue("Link").orElse(""));
                page = next.find() ? next.group(1) : "";
            }
        }
        Collections.sort(found);
        return found;
    }

    private List<String> averagesInOneGo() {
        Map<String, PriceAverager> averagers = new HashMap<>();
        for (Tick tick : day) {
            averagers
                    .computeIfAbsent(tick.ticker(), ticker -> new PriceAverager(FinalizeAverages.WIDTH))
                    .add(tick.epochNanos(), tick.seq(), tick.priceUnits(), tick.quantityUnits());
        }
        List<String> averages = new ArrayList<>();
        averagers.forEach((ticker, averager) -> averager.close(SeededDay.START.plus(Duration.ofDays(2)))
                .forEach(average -> averages.add(text(ticker, average))));
        Collections.sort(averages);
        return averages;
    }

    private static String text(String ticker, AveragePrice average) {
        StringBuilder text =
                new StringBuilder(ticker + " " + average.window().start().getEpochSecond() + " " + average.tickCount());
        for (BigDecimal number : List.of(
                average.averagePrice(),
                average.vwap(),
                average.open(),
                average.high(),
                average.low(),
                average.close(),
                average.volume())) {
            text.append(' ').append(number.setScale(FixedDecimal.SCALE).toPlainString());
        }
        return text.toString();
    }

    private static List<String> storedAverages() {
        List<String> averages = database.withConnection(connection -> {
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("""
                            select concat_ws(' ', ticker, extract(epoch from window_start)::bigint, tick_count,
                                average_price, vwap, open, high, low, close, volume) from averages
                            """)) {
                List<String> texts = new ArrayList<>();
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
                return texts;
            }
        });
        Collections.sort(averages);
        return averages;
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
