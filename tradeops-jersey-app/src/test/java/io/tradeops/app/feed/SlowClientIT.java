package io.tradeops.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.feed.market.TickPublisher;
import io.tradeops.app.feed.market.TickSource;
import io.tradeops.app.support.Eventually;
import io.tradeops.app.support.FeedListener;
import io.tradeops.app.support.RawWebSocket;
import io.tradeops.app.support.ServedFeed;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that read slowly or not at all. */
class SlowClientIT {

    private static final String EVERYTHING = "{\"action\":\"subscribe\",\"tickers\":[\"*\"]}";

    private static final String NEWEST = "{\"action\":\"subscribe\",\"tickers\":[\"*\"],\"policy\":\"conflate\"}";

    private static final int RETAINED = 130_000;

    /** Fewer ticks than are retained. More than half of the replay buffer waits when the kernel's buffers are full. */
    private static final int MANY = 120_000;

    private static final int ROUNDS = 20;

    /** The subscription message, the frame from before it stopped reading, the newest ticks, and a heartbeat or two. */
    private static final int MAX_FRAMES = 6;

    private static final int RECEIVE_BUFFER = 4_096;

    @RegisterExtension
    final ServedFeed served = ServedFeed.with(new FeedLimits(RETAINED, 10, 10));

    private final PriceFeed feed = served.feed();

    @Test
    void clientThatNeverReadsIsClosedAndCutWithinTenSecondsAndDelaysNoOther() throws Exception {
        try (RawWebSocket conflating = connectSlow(NEWEST);
                RawWebSocket never = connectSlow(EVERYTHING);
                RawWebSocket tooLate = connectSlow(EVERYTHING);
                FeedListener other = FeedListener.connect(served.uri())) {
            long stopped = System.nanoTime();
            other.send(EVERYTHING);
            Eventually.await("all are connected", () -> feed.connectionCount() == 4);
            publish(MANY);
            Eventually.await("the other has all ticks", () -> other.count("\"seq\":" + MANY + ",") == 1);
            assertSilentClientIsSubscribedInTime();

            Eventually.await("both are closed", () -> feed.slowClients() == 2);
            assertThat(tooLate.readCloseCode()).isEqualTo(1013);
            Eventually.await("both are cut", () -> feed.connectionCount() == 2);
            assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(Duration.ofSeconds(10));
            assertThat(never.readCloseCode()).isEqualTo(1006);
            assertThat(other.closed()).isNotDone();
            assertThat(framesUpTo(MANY, conflating)).isLessThan(MAX_FRAMES);
        }
    }

    @Test
    void conflatingClientThatReadsLateGetsTheNewestTicks() throws Exception {
        try (RawWebSocket conflating = connectSlow(NEWEST);
                FeedListener other = FeedListener.connect(served.uri())) {
            other.send(EVERYTHING);
            Eventually.await("both are connected", () -> feed.connectionCount() == 2);
            int published = 0;
            for (int round = 0; round < ROUNDS; round++) {
                published = publishAndAwait(10, other);
            }
            assertThat(framesUpTo(published, conflating)).isLessThan(MAX_FRAMES);

            published = publishAndAwait(1, other);
            assertThat(framesUpTo(published, conflating)).isLessThan(MAX_FRAMES);
        }
    }

    @Test
    void driverThatIsLateForAMomentDoesNotWaitForAClientThatNeverReads() throws Exception {
        SettableClock clock = new SettableClock();
        StillSource source = new StillSource(clock.instant());
        try (FeedDriver driver = FeedDriver.start(feed, source, 1_000, clock);
                RawWebSocket never = connectSlow(EVERYTHING)) {
            Eventually.await("it has caught up", driver::isCurrent);
            awaitFarBehind();
            Instant later = clock.skip(Duration.ofSeconds(1));

            Eventually.await("it has caught up again", () -> source.position() == EpochNanos.of(later));
            assertThat(feed.slowClients()).isZero();
            assertThat(never.readText()).contains("subscription");
        }
    }

    @Test
    void historyDoesNotWaitLongForAClientThatNeverReads() throws Exception {
        SettableClock clock = new SettableClock();
        StillSource source = new StillSource(clock.instant().minus(Duration.ofHours(1)));
        try (RawWebSocket never = connectSlow(EVERYTHING)) {
            awaitFarBehind();
            try (FeedDriver driver = FeedDriver.start(feed, source, 1, clock)) {
                Eventually.await("it has caught up", driver::isCurrent);
            }
            assertThat(feed.slowClients()).isZero();
            assertThat(never.readText()).contains("subscription");
        }
    }

    private void awaitFarBehind() throws Exception {
        Eventually.await("the client is connected", () -> feed.connectionCount() == 1);
        publish(MANY);
        Eventually.await("it is far behind", feed::hasClientFarBehind);
    }

    private int publishAndAwait(int count, FeedListener other) throws Exception {
        publish(count);
        long last = feed.lastSeq();
        Eventually.await("the other has them", () -> other.count("\"seq\":" + last + ",") == 1);
        return (int) last;
    }

    /** The number of frames that the client reads up to the one with a tick. */
    private static int framesUpTo(int seq, RawWebSocket client) throws Exception {
        int frames = 1;
        while (!client.readText().contains("\"seq\":" + seq + ",")) {
            frames++;
        }
        return frames;
    }

    /** The feed's timer does not wait for clients that do not read. */
    private void assertSilentClientIsSubscribedInTime() throws Exception {
        long start = System.nanoTime();
        try (FeedListener silent = FeedListener.connect(served.uri())) {
            Eventually.await("it is subscribed", () -> silent.all().contains("subscription"));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    private RawWebSocket connectSlow(String command) throws Exception {
        RawWebSocket client = RawWebSocket.connect(served.port(), RECEIVE_BUFFER);
        client.send(RawWebSocket.FINAL | RawWebSocket.TEXT, command.getBytes(StandardCharsets.UTF_8));
        return client;
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            feed.publish("T" + i % 10, 1_763_649_000_000_000_000L, FixedDecimal.ONE, FixedDecimal.ONE);
        }
    }

    /** A clock that stands still until it is set. */
    private static final class SettableClock implements InstantSource {

        private volatile Instant now = Instant.parse("2026-11-20T14:30:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        Instant skip(Duration time) {
            Instant later = now.plus(time);
            now = later;
            return later;
        }
    }

    /** A source without ticks. */
    private static final class StillSource implements TickSource {

        private volatile long position;

        StillSource(Instant start) {
            position = EpochNanos.of(start);
        }

        @Override
        public void advanceTo(long epochNanos, TickPublisher to) {
            position = epochNanos;
        }

        @Override
        public long position() {
            return position;
        }
    }
}
