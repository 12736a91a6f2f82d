package io.tradeops.core.average;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.core.codec.BytesReader;
import io.tradeops.core.codec.BytesWriter;
import io.tradeops.core.trade.EpochNanos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Times are small numbers here; a time that is more than 10 after the newest is too far ahead. */
class FeedTimeTest {

    private static final long MAX_AHEAD = 10;

    private final List<Long> added = new ArrayList<>();
    private FeedTime feedTime = feedTime();

    @Test
    void strayFirstTicksAreSetBack() {
        add(900, 100, 105, 900);
        assertThat(added).containsExactly(900L, 100L, 105L);
        assertThat(feedTime.newest()).isEqualTo(105);
        assertThat(feedTime.heldTicks()).isEqualTo(1);

        add(94);
        assertThat(feedTime.newest()).isEqualTo(94);
    }

    @Test
    void tickWithinTheLimitBeforeTheTimeDoesNotSetItBack() {
        add(900, 890);
        assertThat(feedTime.newest()).isEqualTo(900);
        add(889);
        assertThat(feedTime.newest()).isEqualTo(889);
    }

    @Test
    void timeIsNotSetBackAfterEightTicks() {
        add(100, 100, 100, 100, 100, 100, 100, 50);
        assertThat(feedTime.newest()).isEqualTo(50);
        add(50, 50, 50, 50, 50, 50, 50, 10);
        assertThat(feedTime.newest()).isEqualTo(50);
        assertThat(added).hasSize(16);
    }

    @Test
    void timeIsSetBackToTheWatermarkAtMost() {
        add(900);
        advanceTo(200);
        add(100);
        assertThat(feedTime.newest()).isEqualTo(200);
        add(211);
        assertThat(feedTime.heldTicks()).isEqualTo(1);
    }

    @Test
    void tickAtTheLimitIsAddedAndOneAfterItIsHeld() {
        startAt(100);
        add(110, 121);

        assertThat(added).containsExactly(110L);
        assertThat(feedTime.newest()).isEqualTo(110);
        assertThat(feedTime.heldTicks()).isEqualTo(1);
    }

    @Test
    void laterTickFarBeforeAHeldOneRefusesIt() {
        startAt(100);
        add(900, 800, 101);

        assertThat(added).containsExactly(101L);
        assertThat(feedTime.refused()).isEqualTo(2);
        assertThat(feedTime.heldTicks()).isZero();
    }

    @Test
    void tickThatIsNotLaterDecidesNothing() {
        startAt(100);
        add(900, 100, 50);

        assertThat(added).containsExactly(100L, 50L);
        assertThat(feedTime.refused()).isZero();
        assertThat(feedTime.heldTicks()).isEqualTo(1);
    }

    @Test
    void tickThatBringsTheTimeNearAddsTheHeldOnesFirst() {
        startAt(100);
        add(111, 118, 109);

        assertThat(added).containsExactly(111L, 118L, 109L);
        assertThat(feedTime.newest()).isEqualTo(118);
        assertThat(feedTime.refused()).isZero();
    }

    @Test
    void releasedTickReleasesAnEarlierOneThatIsLater() {
        startAt(100);
        add(121, 112, 111);
        assertThat(added).isEmpty();

        advanceTo(102);
        assertThat(added).containsExactly(112L, 121L, 111L);
    }

    @Test
    void sevenStrayTicksInARowAreRefused() {
        startAt(100);
        add(900, 901, 902, 903, 904, 905, 906, 101);

        assertThat(added).containsExactly(101L);
        assertThat(feedTime.refused()).isEqualTo(7);
        assertThat(feedTime.newest()).isEqualTo(101);
    }

    @Test
    void eightTicksInARowMoveTheTime() {
        startAt(100);
        add(900, 901, 902, 903, 904, 905, 906, 907);

        assertThat(added).containsExactly(900L, 901L, 902L, 903L, 904L, 905L, 906L, 907L);
        assertThat(feedTime.newest()).isEqualTo(907);
    }

    @Test
    void tickFarBeforeOthersBreaksTheRow() {
        startAt(100);
        add(900, 901, 902, 903, 904, 905, 906, 300, 301);

        assertThat(added).isEmpty();
        assertThat(feedTime.refused()).isEqualTo(7);
        assertThat(feedTime.heldTicks()).isEqualTo(2);
    }

    @Test
    void watermarkAddsTheHeldTicksThatItComesNear() {
        startAt(100);
        add(131, 150, 200);
        advanceTo(121);
        assertThat(added).containsExactly(131L);
        assertThat(feedTime.newest()).isEqualTo(131);

        advanceTo(130);
        assertThat(added).containsExactly(131L);
        advanceTo(EpochNanos.MAX + 1);
        assertThat(added).containsExactly(131L, 150L, 200L);
    }

    @Test
    void feedInTheOrderOfTimeLosesNoTick() {
        SplittableRandom random = new SplittableRandom(31);
        for (int run = 0; run < 500; run++) {
            restart();
            long time = random.nextInt(100);
            List<Long> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                time += random.nextInt(4) == 0 ? random.nextInt(1_000) : random.nextInt(3);
                all.add(time);
                add(time);
            }
            advanceTo(EpochNanos.MAX + 1);

            assertThat(added).isEqualTo(all);
            assertThat(feedTime.refused()).isZero();
        }
    }

    @Test
    void everyTickIsAddedOrRefusedOnceAndStrayTicksNeverMoveTheTime() {
        SplittableRandom random = new SplittableRandom(32);
        for (int run = 0; run < 500; run++) {
            restart();
            startAt(1_000);
            long time = 1_000;
            int ticks = 0;
            int strays = 0;
            for (int i = 0; i < 200; i++, ticks++) {
                boolean stray = random.nextInt(4) == 0 && strays < 7;
                strays = stray ? strays + 1 : 0;
                time += stray ? 0 : 1 + random.nextInt((int) MAX_AHEAD);
                add(stray ? 100_000 + random.nextInt(100_000) : time);
                assertThat(feedTime.newest()).isEqualTo(time);
                if (random.nextInt(10) == 0) {
                    feedTime = restored();
                }
            }

            assertThat(added.size() + feedTime.refused() + feedTime.heldTicks()).isEqualTo(ticks);
            assertThat(added).allMatch(each -> each < 100_000);
        }
    }

    @Test
    void longMaxAheadAdmitsEverything() {
        feedTime = new FeedTime(Duration.ofDays(1_000_000));
        assertThat(feedTime.admits(0)).isTrue();
        assertThat(feedTime.admits(EpochNanos.MAX)).isTrue();
        assertThat(feedTime.newest()).isEqualTo(EpochNanos.MAX);
    }

    private static FeedTime feedTime() {
        return new FeedTime(Duration.ofNanos(MAX_AHEAD));
    }

    private void restart() {
        feedTime = feedTime();
        added.clear();
    }

    private void startAt(long watermark) {
        advanceTo(watermark);
    }

    private void advanceTo(long watermark) {
        feedTime.advanceTo(watermark).forEach(tick -> added.add(tick.epochNanos));
    }

    private void add(long... times) {
        for (long time : times) {
            if (feedTime.admits(time)) {
                added.add(time);
            } else {
                feedTime.offer(new TickValues("", time, 1, 0, 0)).forEach(tick -> added.add(tick.epochNanos));
            }
        }
    }

    private FeedTime restored() {
        BytesWriter out = new BytesWriter("TEST", 1);
        feedTime.writeTo(out);
        FeedTime restored = feedTime();
        BytesReader in = new BytesReader(out.toByteArray(), "TEST", 1);
        restored.readFrom(in);
        in.requireEnd();
        return restored;
    }
}
