package io.tradeops.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.db.Database;
import io.tradeops.app.feed.FeedEndpoint;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.Program;
import io.tradeops.app.support.TestDatabase;
import io.tradeops.app.support.TickReplay;
import io.tradeops.app.tick.TickRepository;
import io.tradeops.core.trade.Tick;
import io.tradeops.core.window.PriceMoveRule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows a day of ticks that a process of the {@code feed} command serves. The process is suspended with SIGSTOP, and
 * killed with SIGKILL and started again from the monitor's offset. The monitor is restarted, too.
 * {@code -Dtradeops.live.ticks=1728000} and {@code -Dtradeops.live.seed} as for {@link LiveEqualsReplayIT}.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGSTOP")
class FeedProcessIT {

    private static final int TICKS = Integer.getInteger("tradeops.live.ticks", 50_000);
    private static final long SEED = Long.getLong("tradeops.live.seed", 20_261_120);

    /** A feed must retain the ticks of the longest stop. */
    private static final int TICKS_PER_SECOND = 2_500;

    private static final long SECONDS_OF_A_DAY = 86_400;
    private static final String FEED = "process";
    private static final Duration DEAD_AFTER = Duration.ofMillis(700);
    private static final Backoff.Limits QUICK =
            new Backoff.Limits(Duration.ofMillis(20), Duration.ofMillis(500), Duration.ofMillis(50));
    private static final List<String> TROUBLES = List.of("stop", "long stop", "kill", "restart", "average");

    @TempDir
    Path directory;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<Tick> day = SeededDay.of(SEED, TICKS);
    private final List<String> deck = new ArrayList<>();
    private final Map<String, Integer> done = new HashMap<>();
    private long reconnects;

    @SuppressWarnings("NullAway.Init") // start() sets them
    private TestDatabase postgres;

    @SuppressWarnings("NullAway.Init")
    private Database database;

    @SuppressWarnings("NullAway.Init")
    private FeedOffsets offsets;

    @SuppressWarnings("NullAway.Init")
    private StoredDay stored;

    @SuppressWarnings("NullAway.Init")
    private Process feed;

    @SuppressWarnings("NullAway.Init")
    private PriceMonitor monitor;

    private int port;

    @BeforeEach
    void start() throws Exception {
        postgres = TestDatabase.in(directory.resolve("postgres"));
        database = postgres.open(AlertRepository.entities());
        offsets = new FeedOffsets(database);
        stored = new StoredDay(database, day, directory);
        port = Program.freePort();
        startFeed();
        startMonitor();
    }

    @AfterEach
    void stop() throws Exception {
        monitor.close();
        feed.destroyForcibly();
        database.close();
        postgres.close();
    }

    @Test
    void dayOfASuspendedAndKilledFeedEqualsItsReplay() throws Exception {
        while (offsets.lastSeq(FEED) < day.size() || !done.keySet().containsAll(TROUBLES)) {
            makeTrouble();
            awaitStored(random.nextLong(TICKS_PER_SECOND / 20, TICKS_PER_SECOND));
        }
        stored.finalizeAverages();

        reconnects += monitor.reconnects();
        System.out.println(day.size() + " ticks, seed " + SEED + ", " + reconnects + " reconnects, " + done);
        stored.assertEqualsItsReplay();
        assertThat(monitor.ticksNotEvaluated()).isZero();
        assertThat(reconnects).isPositive();
    }

    /** Waits until further ticks are stored, or all of the day. */
    private void awaitStored(long ticks) throws Exception {
        long seq = Math.min(day.size(), offsets.lastSeq(FEED) + ticks);
        Eventually.await("tick " + seq + " is stored", () -> offsets.lastSeq(FEED) >= seq);
    }

    private void makeTrouble() throws Exception {
        if (deck.isEmpty()) {
            deck.addAll(TROUBLES);
        }
        String trouble = deck.remove(random.nextInt(deck.size()));
        done.merge(trouble, 1, Integer::sum);
        switch (trouble) {
            case "stop" -> stopFeed(random.nextLong(500));
            case "long stop" -> stopFeed(DEAD_AFTER.toMillis() + random.nextLong(1_500));
            case "kill" -> killFeed();
            case "restart" -> restartMonitor();
            default -> stored.finalizeAverages();
        }
    }

    /** How long the process stands still is what is tested: shorter or longer than the monitor waits for a message. */
    private void stopFeed(long millis) throws Exception {
        signal("STOP");
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        signal("CONT");
    }

    /** The ticks that the process has sent are stored before the next one starts, which continues after them. */
    private void killFeed() throws Exception {
        feed.destroyForcibly().waitFor();
        Eventually.await("the monitor has noticed the end of the feed", () -> !monitor.isLive());
        startFeed();
    }

    private void restartMonitor() {
        monitor.close();
        reconnects += monitor.reconnects();
        startMonitor();
    }

    private void startMonitor() {
        URI uri = URI.create("ws://127.0.0.1:" + port + FeedEndpoint.PATH);
        MonitorSettings settings = MonitorSettings.of(
                        uri, FEED, FeedSubscription.ofOurFeed(), List.of(PriceMoveRule.riseOfTwoPercentInOneMinute()))
                .withTimes(DEAD_AFTER, QUICK);
        monitor = PriceMonitor.start(settings, journal(FEED), found -> {});
    }

    private void startFeed() throws Exception {
        int next = (int) offsets.lastSeq(FEED) + 1;
        if (next > day.size()) {
            next = day.size(); // a file without a trade is refused; the monitor skips a tick that is stored already
        }
        Path file = TickReplay.write(day.subList(next - 1, day.size()), directory.resolve("rest.csv"));
        long speed = Math.max(1, SECONDS_OF_A_DAY * TICKS_PER_SECOND / TICKS);
        feed = Program.start(
                directory,
                Map.of("TRADEOPS_PORT", String.valueOf(port)),
                "feed",
                "--replay",
                file.toString(),
                "--speed",
                String.valueOf(speed),
                "--first-seq",
                String.valueOf(next));
        BufferedReader errors =
                new BufferedReader(new InputStreamReader(feed.getErrorStream(), StandardCharsets.UTF_8));
        String line = errors.readLine();
        while (line != null && !line.startsWith("price feed at")) {
            line = errors.readLine();
        }
        assertThat(line).as("the line with the feed's address").isNotNull();
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(feed.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** A journal of a feed in the test's database. */
    private PostgresJournal journal(String feed) {
        return new PostgresJournal(database, new TickRepository(database), new AlertRepository(database), feed);
    }
}
