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
    void numbersInOrderAndNumbersThatComeAgainAreNoHole() {
        connect(8);

        assertThat(watch.next(SUBSCRIBED)).isEmpty();
        assertThat(watch.next(tick(8))).isEmpty();
        assertThat(watch.next(tick(9))).isEmpty();
        assertThat(watch.next(tick(8))).isEmpty();
        assertThat(watch.next(heartbeat(9))).isEmpty();
        assertThat(watch.next(tick(10))).isEmpty();
    }

    @Test
    void tickBeyondTheNextShowsAHole() {
        connect(8);

        assertThat(watch.next(tick(8))).isEmpty();
        assertThat(watch.next(tick(12))).contains(new Hole(9, 11));
    }

    @Test
    void holeThatTheFirstTickOfAConnectionShowsIsOneToo() {
        connect(8);

        assertThat(watch.next(tick(9))).contains(new Hole(8, 8));
    }

    @Test
    void heartbeatBeyondTheLastTickShowsAHole() {
        connect(8);
        watch.next(tick(8));

        assertThat(watch.next(heartbeat(10))).contains(new Hole(9, 10));
    }

    @Test
    void heartbeatBeforeTheSubscriptionSaysNothing() {
        connect(8);

        assertThat(watch.next(heartbeat(10))).isEmpty();
        watch.next(SUBSCRIBED);
        assertThat(watch.next(heartbeat(10))).contains(new Hole(8, 10));
    }

    @Test
    void gapThatTheFeedSpeaksOfIsNoHole() {
        connect(8);

        assertThat(watch.next(new FeedMessage.Gap(8, 20, "not_retained"))).isEmpty();
        assertThat(watch.next(tick(21))).isEmpty();
    }

    @Test
    void gapCoversOnlyWhatIsBehindIt() {
        connect(8);
        watch.next(new FeedMessage.Gap(10, 20, "not_retained"));

        assertThat(watch.next(tick(21))).contains(new Hole(8, 20));
    }

    @Test
    void monitorWithoutAPositionMissesNothingBeforeItsFirstTick() {
        watch.connected(OptionalLong.empty());
        watch.next(SUBSCRIBED);

        assertThat(watch.next(heartbeat(1_000))).isEmpty();
        assertThat(watch.next(tick(1_001))).isEmpty();
        assertThat(watch.next(tick(1_003))).contains(new Hole(1_002, 1_002));
    }

    @Test
    void ticksWithoutNumbersHaveNoHoles() {
        connect(8);

        assertThat(watch.next(new FeedMessage.VendorTrade("A", 0, 1, 1))).isEmpty();
        assertThat(watch.next(new FeedMessage.VendorTrade("A", 0, 1, 1))).isEmpty();
    }

    @Test
    void holeIsAskedForAgainOnce() {
        connect(8);
        watch.next(tick(8));
        Hole hole = watch.next(tick(11)).orElseThrow();
        assertThat(watch.asksAgain(hole, 0)).isTrue();
        connect(9);
        Hole same = watch.next(tick(11)).orElseThrow();

        assertThat(same).isEqualTo(hole);
        assertThat(watch.asksAgain(same, 0)).isFalse();
        assertThat(watch.next(tick(12))).isEmpty();
    }

    @Test
    void holeThatIsGivenIsForgottenAndTheNextIsAskedForToo() {
        connect(8);
        assertThat(watch.asksAgain(watch.next(tick(10)).orElseThrow(), 0)).isTrue();
        connect(8);
        watch.next(tick(8));
        watch.next(tick(9));

        assertThat(watch.asksAgain(watch.next(tick(11)).orElseThrow(), 0)).isTrue();
    }

    @Test
    void feedWithHolesOfItsOwnIsBelievedForAMinute() {
        long later = Duration.ofSeconds(59).toNanos();
        connect(8);
        watch.asksAgain(watch.next(tick(10)).orElseThrow(), 0);
        connect(8);
        watch.asksAgain(watch.next(tick(10)).orElseThrow(), 0);

        assertThat(watch.asksAgain(watch.next(tick(12)).orElseThrow(), later)).isFalse();
        assertThat(watch.next(tick(13))).isEmpty();
        assertThat(watch.asksAgain(
                        watch.next(tick(15)).orElseThrow(),
                        Duration.ofMinutes(1).toNanos()))
                .isTrue();
    }

    @Test
    void feedThatCountsAnewIsWatchedFromItsBeginning() {
        connect(1_000);
        watch.next(tick(1_000));
        watch.restartSequence();
        connect(1);

        assertThat(watch.next(tick(1))).isEmpty();
        assertThat(watch.next(tick(3))).contains(new Hole(2, 2));
    }

    private void connect(long nextSeq) {
        watch.connected(OptionalLong.of(nextSeq));
    }

    private static FeedMessage tick(long seq) {
        return new FeedMessage.TickMessage(new Tick("A", 0, 1, 1, seq));
    }

    private static FeedMessage heartbeat(long lastSeq) {
        return new FeedMessage.Heartbeat(lastSeq, Instant.EPOCH);
    }
}
