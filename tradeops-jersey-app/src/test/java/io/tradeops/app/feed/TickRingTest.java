package io.tradeops.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

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

        assertThat(frame.text())
                .startsWith("[{")
                .contains("\"seq\":1,")
                .contains("},{")
                .contains("\"seq\":3,");
        assertThat(frame.nextSeq()).isEqualTo(4);
        assertThat(seqs(ring, 4, 2, "A"::equals)).containsExactly(5L);
        assertThat(ring.frame(4, 2, "A"::equals).nextSeq()).isEqualTo(7);
        assertThat(ring.frame(1, 2, "C"::equals)).isEqualTo(new TickRing.Frame("", 1, 7));
    }

    @Test
    void whoAsksForTheSameGetsTheSameText() {
        TickRing ring = new TickRing(10, 1);
        add(ring, "A", "B", "A");
        String text = ring.frame(2, 100).text();

        assertThat(ring.frame(2, 100).text()).isSameAs(text);
        assertThat(ring.frame(2, 1).nextSeq()).isEqualTo(3);
        add(ring, "B");
        assertThat(numbers(ring.frame(2, 100))).containsExactly(2L, 3L, 4L);
    }

    @Test
    void newestOfEachTickerIsWhatAConflatingClientGets() {
        TickRing ring = new TickRing(4, 1);
        add(ring, "A", "B", "C", "A", "B", "A");

        assertThat(numbers(ring.newest(3, ticker -> true))).containsExactly(3L, 5L, 6L);
        assertThat(numbers(ring.newest(5, "A"::equals))).containsExactly(6L);
        assertThat(ring.newest(7, ticker -> true).text()).isEmpty();
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
        assertThat(ring.frame(1, 100).nextSeq()).isEqualTo(3);
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
            return frame.text().isEmpty()
                    ? List.of()
                    : FeedJson.decodeMessages(frame.text()).stream()
                            .map(message -> ((FeedMessage.Tick) message).seq())
                            .toList();
        } catch (FeedFormatException e) {
            throw new AssertionError(e);
        }
    }
}
