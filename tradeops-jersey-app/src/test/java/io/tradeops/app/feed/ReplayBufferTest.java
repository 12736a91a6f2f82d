package io.tradeops.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.feed.wire.FeedMessage;
import io.tradeops.core.trade.Tick;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayBufferTest {

    @Test
    void emptyRingHoldsNothing() {
        ReplayBuffer ring = new ReplayBuffer(3, 10);

        assertThat(ring.nextSeq()).isEqualTo(10);
        assertThat(ring.oldestPlace()).isEqualTo(ring.nextPlace()).isZero();
        assertThat(seqs(ring, 0, 100, ticker -> true)).isEmpty();
        assertThat(ring.find(10)).contains(new ReplayBuffer.Start(0, 10, "lost", false));
        assertThat(ring.find(7)).contains(new ReplayBuffer.Start(0, 10, "not_retained", false));
        assertThat(ring.find(11)).isEmpty();
    }

    @Test
    void holdsTheNewestTicksUpToItsCapacity() {
        ReplayBuffer ring = new ReplayBuffer(3, 10);
        add(ring, "A", "B", "A", "B", "A");

        assertThat(ring.nextSeq()).isEqualTo(15);
        assertThat(ring.oldestPlace()).isEqualTo(2);
        assertThat(seqs(ring, 2, 100, ticker -> true)).containsExactly(12L, 13L, 14L);
    }

    @Test
    void collectsWhatIsWantedAndGoesOnBehindWhatItHasLookedAt() {
        ReplayBuffer ring = new ReplayBuffer(10, 1);
        add(ring, "A", "B", "A", "B", "A", "B");

        ReplayBuffer.Frame frame = ring.frame(0, 2, "A"::equals);

        assertThat(text(frame))
                .startsWith("[{")
                .contains("\"seq\":1,")
                .contains("},{")
                .contains("\"seq\":3,");
        assertThat(frame.nextPlace()).isEqualTo(3);
        assertThat(frame.lastSeq()).isEqualTo(3);
        assertThat(seqs(ring, 3, 2, "A"::equals)).containsExactly(5L);
        assertThat(ring.frame(3, 2, "A"::equals).nextPlace()).isEqualTo(6);
        assertThat(ring.frame(0, 2, "C"::equals)).isEqualTo(ReplayBuffer.Frame.of(List.of(), 0, 6, 6));
    }

    @Test
    void whoAsksForTheSameGetsTheSameFrame() {
        ReplayBuffer ring = new ReplayBuffer(10, 1);
        add(ring, "A", "B", "A");
        ByteBuffer json = ring.frame(1, 3, 100).json();

        add(ring, "B");
        assertThat(ring.frame(3, 3, 100)).isEqualTo(ReplayBuffer.Frame.of(List.of(), 3, 3, 0));
        assertThat(ring.frame(1, 3, 100).json()).isSameAs(json);
        assertThat(ring.frame(0, 3, 100).nextPlace()).isEqualTo(3);
        assertThat(ring.frame(1, 3, 1).nextPlace()).isEqualTo(2);
        assertThat(numbers(ring.frame(1, 4, 100))).containsExactly(2L, 3L, 4L);
        assertThat(ring.frame(4, 3, 100)).isEqualTo(ReplayBuffer.Frame.of(List.of(), 4, 4, 0));
    }

    @Test
    void whatIsNoLongerHeldIsNotMixedUpWithWhatHasTakenItsPlace() {
        ReplayBuffer ring = new ReplayBuffer(3, 1);
        add(ring, "A", "B", "A", "B", "A");

        assertThat(ring.frame(1, 5, 100)).isEqualTo(ReplayBuffer.Frame.of(List.of(), 1, 1, 0));
        assertThat(ring.frame(1, 100, "B"::equals)).isEqualTo(ReplayBuffer.Frame.of(List.of(), 1, 1, 0));
        assertThat(ring.nextHeld(1)).isEqualTo(new ReplayBuffer.Start(2, 3, "not_retained", false));
        assertThat(numbers(ring.frame(2, 5, 100))).containsExactly(3L, 4L, 5L);
    }

    @Test
    void newestOfEachTickerIsWhatAConflatingClientGets() {
        ReplayBuffer ring = new ReplayBuffer(4, 1);
        add(ring, "A", "B", "C", "A", "B", "A");

        assertThat(numbers(ring.newest(2, ticker -> true))).containsExactly(3L, 5L, 6L);
        assertThat(numbers(ring.newest(4, "A"::equals))).containsExactly(6L);
        assertThat(text(ring.newest(6, ticker -> true))).isEmpty();
    }

    @Test
    void newestIsKnownBeyondWhatIsHeld() {
        ReplayBuffer ring = new ReplayBuffer(2, 1);
        add(ring, "C", "B", "A", "A", "A");

        assertThat(numbers(ring.newest(0, ticker -> true))).containsExactly(1L, 2L, 5L);
        assertThat(numbers(ring.newest(1, ticker -> true))).containsExactly(2L, 5L);
    }

    @Test
    void tickerThatTickedLongestAgoIsForgottenWhenThereAreTooMany() {
        ReplayBuffer ring = new ReplayBuffer(2, 1);
        for (int i = 0; i < ReplayBuffer.MOST_TICKERS; i++) {
            add(ring, "T" + i);
        }
        add(ring, "T0", "T2", "NEW");

        assertThat(numbers(ring.newest(0, List.of("T0", "T1", "T2", "T3", "NEW")::contains)))
                .containsExactly(
                        4L,
                        ReplayBuffer.MOST_TICKERS + 1L,
                        ReplayBuffer.MOST_TICKERS + 2L,
                        ReplayBuffer.MOST_TICKERS + 3L);
        assertThat(numbers(ring.newest(0, ticker -> true)))
                .hasSize(ReplayBuffer.MOST_TICKERS)
                .isSorted();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 1_000_000_000_000L})
    void lostTicksTakeOnePlaceHoweverManyTheyAre(long count) {
        ReplayBuffer ring = new ReplayBuffer(10, 1);
        add(ring, "A", "B");
        ring.skip(count);
        add(ring, "A");

        assertThat(ring.nextPlace()).isEqualTo(4);
        assertThat(FeedTicks.messages(ring.frame(0, 4, 100)))
                .containsExactly(sent(1, "A"), sent(2, "B"), lost(3, count + 2), sent(count + 3, "A"));
        assertThat(FeedTicks.messages(ring.frame(1, 100, "C"::equals))).containsExactly(lost(3, count + 2));
        assertThat(numbers(ring.newest(0, ticker -> true))).containsExactly(2L, count + 3);
        assertThat(ring.frame(0, 3, 100).lastSeq()).isEqualTo(count + 2);
    }

    @Test
    void numberAmongLostOnesIsFoundBehindThem() {
        ReplayBuffer ring = new ReplayBuffer(10, 1);
        add(ring, "A", "B");
        ring.skip(3);
        add(ring, "A");

        assertThat(ring.find(2)).contains(new ReplayBuffer.Start(1, 2, "lost", false));
        assertThat(ring.find(3)).contains(new ReplayBuffer.Start(2, 3, "lost", false));
        assertThat(ring.find(4)).contains(new ReplayBuffer.Start(3, 6, "lost", false));
        assertThat(ring.find(6)).contains(new ReplayBuffer.Start(3, 6, "lost", false));
        assertThat(ring.find(7)).contains(new ReplayBuffer.Start(4, 7, "lost", false));
    }

    @Test
    void numberFarAheadIsToldByAGap() {
        ReplayBuffer ring = new ReplayBuffer(10, 1);
        ring.add(tick(1, "A"));
        ring.add(tick(9, "A"));

        assertThat(FeedTicks.messages(ring.frame(0, 3, 100))).containsExactly(sent(1, "A"), lost(2, 8), sent(9, "A"));
    }

    @Test
    void numberThatGoesBackBeginsACountingOfItsOwn() {
        ReplayBuffer ring = new ReplayBuffer(10, 100);
        add(ring, "A", "B");
        ring.add(tick(5, "A"));
        ring.add(tick(6, "C"));

        assertThat(FeedTicks.messages(ring.frame(0, 9, 100)))
                .containsExactly(sent(100, "A"), sent(101, "B"), anew(), sent(5, "A"), sent(6, "C"));
        assertThat(ring.nextSeq()).isEqualTo(7);
        assertThat(ring.frame(0, 2, 100).lastSeq()).isEqualTo(101);
        assertThat(ring.frame(0, 3, 100).lastSeq()).isEqualTo(4);
        assertThat(ring.find(102)).isEmpty();
        assertThat(ring.find(1)).contains(new ReplayBuffer.Start(3, 5, "not_retained", false));
        assertThat(ring.find(6)).contains(new ReplayBuffer.Start(4, 6, "lost", false));
        assertThat(FeedTicks.messages(ring.newest(0, ticker -> true)))
                .containsExactly(anew(), sent(5, "A"), sent(6, "C"));
        assertThat(FeedTicks.messages(ring.newest(3, ticker -> true))).containsExactly(sent(5, "A"), sent(6, "C"));
    }

    @Test
    void whoWasLeftBehindACountingIsToldOfTheNextOne() {
        ReplayBuffer ring = new ReplayBuffer(2, 100);
        add(ring, "A", "B");
        ring.add(tick(5, "A"));
        add(ring, "B", "C");

        assertThat(ring.nextHeld(0)).isEqualTo(new ReplayBuffer.Start(4, 6, "not_retained", true));
        assertThat(ring.nextHeld(3).anew()).isFalse();
        assertThat(FeedTicks.messages(ring.newest(0, ticker -> true)))
                .containsExactly(anew(), sent(5, "A"), sent(6, "B"), sent(7, "C"));
    }

    @Test
    void goesRoundWithNumbersFarFromTheStart() {
        long first = Long.MAX_VALUE - 1_000;
        ReplayBuffer ring = new ReplayBuffer(7, first);
        for (int i = 0; i < 100; i++) {
            add(ring, "A");
        }

        assertThat(seqs(ring, ring.oldestPlace(), 100, ticker -> true))
                .hasSize(7)
                .startsWith(first + 93);
    }

    private static void add(ReplayBuffer ring, String... tickers) {
        for (String ticker : tickers) {
            ring.add(tick(ring.nextSeq(), ticker));
        }
    }

    private static FeedMessage sent(long seq, String ticker) {
        return new FeedMessage.TickMessage(tick(seq, ticker));
    }

    private static Tick tick(long seq, String ticker) {
        return new Tick(ticker, 0, 1, 1, seq);
    }

    private static FeedMessage.Gap lost(long from, long to) {
        return new FeedMessage.Gap(from, to, "lost");
    }

    private static FeedMessage anew() {
        return new FeedMessage.Failure(416, "the feed counts anew; ask for it from_seq 1");
    }

    private static List<Long> seqs(ReplayBuffer ring, long from, int most, Predicate<String> wanted) {
        return numbers(ring.frame(from, most, wanted));
    }

    private static List<Long> numbers(ReplayBuffer.Frame frame) {
        return FeedTicks.messages(frame).stream()
                .filter(FeedMessage.TickMessage.class::isInstance)
                .map(message -> ((FeedMessage.TickMessage) message).tick().seq())
                .toList();
    }

    private static String text(ReplayBuffer.Frame frame) {
        return FeedTicks.text(frame);
    }
}
