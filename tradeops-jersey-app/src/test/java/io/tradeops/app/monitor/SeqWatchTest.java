package io.tradeops.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.feed.wire.FeedMessage;
import io.tradeops.app.monitor.SeqWatch.Hole;
import io.tradeops.core.trade.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SeqWatchTest {

    private static final FeedMessage SUBSCRIBED = new FeedMessage.Subscription(List.of("*"));

    private final SeqWatch watch = new SeqWatch();

    @Test
    void numbersInOrderAndRepeatedNumbersAreNoHole() {
        connect(8);

        assertThat(watch.onMessage(SUBSCRIBED)).isEmpty();
        assertThat(watch.onMessage(tick(8))).isEmpty();
        assertThat(watch.onMessage(tick(9))).isEmpty();
        assertThat(watch.onMessage(tick(8))).isEmpty();
        assertThat(watch.onMessage(heartbeat(9))).isEmpty();
        assertThat(watch.onMessage(tick(10))).isEmpty();
    }

    @Test
    void tickAfterTheNextNumberShowsAHole() {
        connect(8);

        assertThat(watch.onMessage(tick(8))).isEmpty();
        assertThat(watch.onMessage(tick(12))).contains(new Hole(9, 11));
    }

    @Test
    void firstTickOfAConnectionMayShowAHole() {
        connect(8);

        assertThat(watch.onMessage(tick(9))).contains(new Hole(8, 8));
    }

    @Test
    void heartbeatAfterTheLastTickShowsAHole() {
        connect(8);
        watch.onMessage(tick(8));

        assertThat(watch.onMessage(heartbeat(10))).contains(new Hole(9, 10));
    }

    @Test
    void heartbeatBeforeTheSubscriptionShowsNoHole() {
        connect(8);

        assertThat(watch.onMessage(heartbeat(10))).isEmpty();
        watch.onMessage(SUBSCRIBED);
        assertThat(watch.onMessage(heartbeat(10))).contains(new Hole(8, 10));
    }

    @Test
    void gapMessageOfTheFeedIsNoHole() {
        connect(8);

        assertThat(watch.onMessage(new FeedMessage.Gap(8, 20, "not_retained"))).isEmpty();
        assertThat(watch.onMessage(tick(21))).isEmpty();
    }

    @Test
    void gapMessageCoversOnlyItsOwnNumbers() {
        connect(8);
        watch.onMessage(new FeedMessage.Gap(10, 20, "not_retained"));

        assertThat(watch.onMessage(tick(21))).contains(new Hole(8, 20));
    }

    @Test
    void monitorWithoutAnOffsetMissesNoTickBeforeItsFirst() {
        watch.onConnect(OptionalLong.empty());
        watch.onMessage(SUBSCRIBED);

        assertThat(watch.onMessage(heartbeat(1_000))).isEmpty();
        assertThat(watch.onMessage(tick(1_001))).isEmpty();
        assertThat(watch.onMessage(tick(1_003))).contains(new Hole(1_002, 1_002));
    }

    @Test
    void tradesOfVendorsHaveNoHoles() {
        connect(8);

        assertThat(watch.onMessage(new FeedMessage.VendorTrade("A", 0, 1, 1))).isEmpty();
        assertThat(watch.onMessage(new FeedMessage.VendorTrade("A", 0, 1, 1))).isEmpty();
    }

    @Test
    void holeIsRequestedAgainOnce() {
        connect(8);
        watch.onMessage(tick(8));
        Hole hole = watch.onMessage(tick(11)).orElseThrow();
        assertThat(watch.shouldRequestAgain(hole, 0)).isTrue();
        connect(9);
        Hole same = watch.onMessage(tick(11)).orElseThrow();

        assertThat(same).isEqualTo(hole);
        assertThat(watch.shouldRequestAgain(same, 0)).isFalse();
        assertThat(watch.onMessage(tick(12))).isEmpty();
    }

    @Test
    void nextHoleIsRequestedAgainAfterOneThatWasFilled() {
        connect(8);
        assertThat(watch.shouldRequestAgain(watch.onMessage(tick(10)).orElseThrow(), 0))
                .isTrue();
        connect(8);
        watch.onMessage(tick(8));
        watch.onMessage(tick(9));

        assertThat(watch.shouldRequestAgain(watch.onMessage(tick(11)).orElseThrow(), 0))
                .isTrue();
    }

    @Test
    void holesOfTheFeedItselfAreAcceptedForAMinute() {
        long later = Duration.ofSeconds(59).toNanos();
        connect(8);
        watch.shouldRequestAgain(watch.onMessage(tick(10)).orElseThrow(), 0);
        connect(8);
        watch.shouldRequestAgain(watch.onMessage(tick(10)).orElseThrow(), 0);

        assertThat(watch.shouldRequestAgain(watch.onMessage(tick(12)).orElseThrow(), later))
                .isFalse();
        assertThat(watch.onMessage(tick(13))).isEmpty();
        assertThat(watch.shouldRequestAgain(
                        watch.onMessage(tick(15)).orElseThrow(),
                        Duration.ofMinutes(1).toNanos()))
                .isTrue();
    }

    @Test
    void restartedSequenceIsWatchedFromItsFirstNumber() {
        connect(1_000);
        watch.onMessage(tick(1_000));
        watch.restartSequence();
        connect(1);

        assertThat(watch.onMessage(tick(1))).isEmpty();
        assertThat(watch.onMessage(tick(3))).contains(new Hole(2, 2));
    }

    private void connect(long nextSeq) {
        watch.onConnect(OptionalLong.of(nextSeq));
    }

    private static FeedMessage tick(long seq) {
        return new FeedMessage.TickMessage(new Tick("A", 0, 1, 1, seq));
    }

    private static FeedMessage heartbeat(long lastSeq) {
        return new FeedMessage.Heartbeat(lastSeq, Instant.EPOCH);
    }
}
