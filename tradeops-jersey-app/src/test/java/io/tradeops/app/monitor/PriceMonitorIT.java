package io.tradeops.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.feed.FeedEndpoint;
import io.tradeops.app.feed.wire.FeedJson;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.tick.TickRepository;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The monitor while its feed, its database or another monitor is stopped and started. */
class PriceMonitorIT extends MonitoredFeed {

    @Test
    void monitorResumesAfterTheFeedsServerWasDown() throws Exception {
        PriceMonitor monitor = monitor(NEVER);
        publish(500);
        Eventually.await("some ticks are stored", () -> monitor.lastSeq() > 0);
        int port = server.port();
        server.close();
        publish(300);
        serve(port);
        publish(200);

        awaitStored(monitor, 1_000);
        assertThat(stored()).isEqualTo(published);
    }

    @Test
    void monitorLosesNoTickIfANewFeedProcessContinuesTheSequence() throws Exception {
        PriceMonitor monitor = monitor(NEVER);
        publish(500);
        awaitStored(monitor, 500);
        replaceFeed(501);
        publish(200);

        awaitStored(monitor, 700);
        assertThat(stored()).isEqualTo(published);
    }

    @Test
    void restartedSequenceIsFollowedFromItsFirstTick() throws Exception {
        PriceMonitor monitor = monitor(NEVER);
        publish(300);
        awaitStored(monitor, 300);
        replaceFeed(1);
        publish(100);
        Eventually.await("the monitor has reconnected", () -> feed.connectionCount() == 1);
        for (int i = 0; i < 150; i++) {
            publish(1);
            Thread.onSpinWait();
        }

        awaitStored(monitor, 250);
        assertThat(stored()).hasSize(550).containsExactlyInAnyOrderElementsOf(published);
        assertThat(offsets.lastSeq(FEED)).isEqualTo(250);
    }

    @Test
    void ticksThatTheFeedNoLongerRetainsAreSkipped() throws Exception {
        publish(RETAINED + 5);
        PriceMonitor monitor = monitor(NEVER);

        awaitStored(monitor, RETAINED + 5);
        assertThat(stored()).isEqualTo(published.subList(5, published.size()));
    }

    @Test
    void batchIsRetriedUntilTheDatabaseIsBack() throws Exception {
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
    void monitorResumesAfterAnErrorAndLosesNothing() throws Exception {
        AtomicInteger toFail = new AtomicInteger(2);
        PriceMonitor monitor = started(PriceMonitor.start(settings(server, NEVER), journal(FEED), (stored, found) -> {
            if (toFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new OutOfMemoryError("artificial");
            }
        }));
        publish(100);
        awaitStored(monitor, 100);
        publish("JUMP", "100", START);
        publish("JUMP", "102.01", START.plusSeconds(60));
        publish(100);

        awaitStored(monitor, 202);
        Eventually.await("both errors were thrown", () -> toFail.get() == 0);
        publish(100);
        awaitStored(monitor, 302);
        assertThat(stored()).isEqualTo(published);
        assertThat(alerts()).containsExactly("JUMP 101 102");
    }

    @Test
    void monitorWaitsForTheDatabaseBeforeItConnects() throws Exception {
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
    void silentConnectionIsReplacedAfterFifteenSeconds() throws Exception {
        try (RoughNetwork network = RoughNetwork.to(server.port())) {
            URI uri = URI.create("ws://127.0.0.1:" + network.port() + FeedEndpoint.PATH);
            PriceMonitor monitor = started(PriceMonitor.start(
                    MonitorSettings.of(uri, FEED, FeedSubscription.ofOurFeed(), rules()), journal(FEED), found -> {}));
            publish("MUTE", "1", START);
            awaitStored(monitor, 1);
            network.mute();
            long startNanos = System.nanoTime();
            publish("MUTE", "2", START.plusSeconds(1));
            awaitStored(monitor, 2);

            assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(20));
            assertThat(monitor.reconnects()).isEqualTo(1);
        }
    }

    @Test
    void partitionThatAnotherProcessDroppedIsCreatedAgain() throws Exception {
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
    void feedMayStartWithAnyNumber() throws Exception {
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
    void standbyTakesOverFromTheActiveMonitor() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish("JUMP", "100", START);
        awaitStored(first, 1);
        PriceMonitor second = monitor(NEVER);
        Eventually.await("the second monitor is on standby", second::isStandby);
        publish(100);
        awaitStored(first, 101);
        assertThat(second.ticksStored()).isZero();
        long startNanos = System.nanoTime();
        first.close();
        publish("JUMP", "102.01", START.plusSeconds(60));

        awaitStored(second, 102);
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(10));
        assertThat(stored()).isEqualTo(published);
        assertThat(alerts()).containsExactly("JUMP 1 102");
    }

    @Test
    void monitorWhoseSessionEndsIsReplacedOrResumes() throws Exception {
        PriceMonitor first = monitor(NEVER);
        publish(100);
        awaitStored(first, 100);
        PriceMonitor second = monitor(NEVER);
        Eventually.await("the second monitor is on standby", second::isStandby);
        for (int i = 1; i <= 3; i++) {
            query("select pg_terminate_backend(pid)::text from pg_stat_activity where pid in"
                    + " (select pid from pg_locks where locktype = 'advisory')");
            publish(100);
            int expected = 100 * (i + 1);
            Eventually.await(
                    "one of the monitors has stored all ticks",
                    () -> first.lastSeq() == expected || second.lastSeq() == expected);
        }

        assertThat(stored()).isEqualTo(published);
        assertThat(first.ticksStored() + second.ticksStored()).isEqualTo(400);
        assertThat(first.isStandby()).isNotEqualTo(second.isStandby());
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            publish("AAPL", "100", START.plusMillis(published.size()));
        }
    }

    private static List<String> stored() {
        return query("select ticker || ' ' || seq || ' ' || trim_scale(price) || ' '"
                + " || (extract(epoch from occurred_at) * 1000)::bigint from price_ticks order by seq");
    }

    private PriceMonitor monitorOf(RawFeed raw) {
        MonitorSettings settings = MonitorSettings.of(raw.uri(), "raw", FeedSubscription.ofOurFeed(), rules())
                .withTimes(NEVER, QUICK);
        return started(PriceMonitor.start(settings, journal(FEED), found -> {}));
    }

    private static String rawTick(long seq) {
        return FeedJson.encode(new Tick("RAW", EpochNanos.of(START), FixedDecimal.ONE, FixedDecimal.ONE, seq));
    }
}
