package io.tradeops.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class TickRingTest {

    @Test
    void emptyRingHoldsNothing() {
        TickRing ring = new TickRing(3, 10);

        assertThat(ring.nextSeq()).isEqualTo(10);
        assertThat(ring.oldestSeq()).isEqualTo(10);
        assertThat(seqs(ring, 10, 100, ticker -> true)).isEmpty();
    }

    @Test
    void holdsTheNewestTicksUpToItsCapacity() {
        TickRing ring = new TickRing(3, 10);
        add(ring, "A", "B", "A", "B", "A");

        assertThat(ring.nextSeq()).isEqualTo(15);
        assertThat(ring.oldestSeq()).isEqualTo(12);
        assertThat(seqs(ring, 12, 100, ticker -> true)).containsExactly(12L, 13L, 14L);
    }

    @Test
    void collectsWhatIsWantedAndGoesOnBehindWhatItHasLookedAt() {
        TickRing ring = new TickRing(10, 1);
        add(ring, "A", "B", "A", "B", "A", "B");

        TickRing.Frame frame = ring.frame(1, 2, "A"::equals);

        assertThat(text(frame))
                .startsWith("[{")
                .contains("\"seq\":1,")
                .contains("},{")
                .contains("\"seq\":3,");
        assertThat(frame.nextSeq()).isEqualTo(4);
        assertThat(seqs(ring, 4, 2, "A"::equals)).containsExactly(5L);
        assertThat(ring.frame(4, 2, "A"::equals).nextSeq()).isEqualTo(7);
        assertThat(ring.frame(1, 2, "C"::equals)).isEqualTo(TickRing.Frame.of(List.of(), 1, 7));
    }

    @Test
    void whoAsksForTheSameGetsTheSameFrame() {
        TickRing ring = new TickRing(10, 1);
        add(ring, "A", "B", "A");
        ByteBuffer json = ring.frame(2, 4, 100).json();

        add(ring, "B");
        assertThat(ring.frame(4, 4, 100)).isEqualTo(TickRing.Frame.of(List.of(), 4, 4));
        assertThat(ring.frame(2, 4, 100).json()).isSameAs(json);
        assertThat(ring.frame(1, 4, 100).nextSeq()).isEqualTo(4);
        assertThat(ring.frame(2, 4, 1).nextSeq()).isEqualTo(3);
        assertThat(numbers(ring.frame(2, 5, 100))).containsExactly(2L, 3L, 4L);
        assertThat(ring.frame(5, 4, 100)).isEqualTo(TickRing.Frame.of(List.of(), 5, 5));
    }

    @Test
    void whatIsNoLongerHeldIsNotMixedUpWithWhatHasTakenItsPlace() {
        TickRing ring = new TickRing(3, 1);
        add(ring, "A", "B", "A", "B", "A");

        assertThat(ring.frame(2, 6, 100)).isEqualTo(TickRing.Frame.of(List.of(), 2, 2));
        assertThat(ring.frame(2, 100, "B"::equals)).isEqualTo(TickRing.Frame.of(List.of(), 2, 2));
        assertThat(ring.lostFrom(2)).isZero();
        assertThat(numbers(ring.frame(3, 6, 100))).containsExactly(3L, 4L, 5L);
    }

    @Test
    void newestOfEachTickerIsWhatAConflatingClientGets() {
        TickRing ring = new TickRing(4, 1);
        add(ring, "A", "B", "C", "A", "B", "A");

        assertThat(numbers(ring.newest(3, ticker -> true))).containsExactly(3L, 5L, 6L);
        assertThat(numbers(ring.newest(5, "A"::equals))).containsExactly(6L);
        assertThat(text(ring.newest(7, ticker -> true))).isEmpty();
    }

    @Test
    void newestIsKnownBeyondWhatIsHeld() {
        TickRing ring = new TickRing(2, 1);
        add(ring, "C", "B", "A", "A", "A");

        assertThat(numbers(ring.newest(1, ticker -> true))).containsExactly(1L, 2L, 5L);
        assertThat(numbers(ring.newest(2, ticker -> true))).containsExactly(2L, 5L);
    }

    @Test
    void lostTicksEndAFrameAndAreCounted() {
        TickRing ring = new TickRing(10, 1);
        add(ring, "A", "B");
        ring.skip(3);
        add(ring, "A");

        assertThat(seqs(ring, 1, 100, ticker -> true)).containsExactly(1L, 2L);
        assertThat(ring.frame(1, Long.MAX_VALUE, 100).nextSeq()).isEqualTo(3);
        assertThat(ring.lostFrom(3)).isEqualTo(3);
        assertThat(ring.lostFrom(6)).isZero();
        assertThat(numbers(ring.newest(1, ticker -> true))).containsExactly(2L, 6L);
        ring.skip(1_000_000_000_000L);
        assertThat(ring.lostFrom(ring.oldestSeq())).isEqualTo(10);
    }

    @Test
    void goesRoundWithNumbersFarFromTheStart() {
        long first = Long.MAX_VALUE - 1_000;
        TickRing ring = new TickRing(7, first);
        for (int i = 0; i < 100; i++) {
            add(ring, "A");
        }

        assertThat(seqs(ring, ring.oldestSeq(), 100, ticker -> true)).hasSize(7).startsWith(first + 93);
    }

    private static void add(TickRing ring, String... tickers) {
        for (String ticker : tickers) {
            ring.add(new FeedMessage.Tick(ring.nextSeq(), ticker, 1, 1, 0));
        }
    }

    private static List<Long> seqs(TickRing ring, long from, int most, Predicate<String> wanted) {
        return numbers(ring.frame(from, most, wanted));
    }

    private static List<Long> numbers(TickRing.Frame frame) {
        try {
            return text(frame).isEmpty()
                    ? List.of()
                    : FeedJson.decodeMessages(text(frame)).stream()
                            .map(message -> ((FeedMessage.Tick) message).seq())
                            .toList();
        } catch (FeedFormatException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(TickRing.Frame frame) {
        return FeedTicks.text(frame);
    }
}
