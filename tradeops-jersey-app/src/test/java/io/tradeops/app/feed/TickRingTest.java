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
        StringBuilder frame = new StringBuilder();

        assertThat(ring.collect(1, 2, "A"::equals, frame)).isEqualTo(4);
        assertThat(frame).contains("\"seq\":1,").contains("},{").contains("\"seq\":3,");
        assertThat(seqs(ring, 4, 2, "A"::equals)).containsExactly(5L);
        assertThat(ring.collect(4, 2, "A"::equals, new StringBuilder())).isEqualTo(7);
        assertThat(ring.collect(1, 2, "C"::equals, new StringBuilder())).isEqualTo(7);
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
        StringBuilder frame = new StringBuilder();
        ring.collect(from, most, wanted, frame);
        try {
            return FeedJson.decodeMessages(frame.insert(0, '[').append(']').toString()).stream()
                    .map(message -> ((FeedMessage.Tick) message).seq())
                    .toList();
        } catch (FeedFormatException e) {
            throw new AssertionError(e);
        }
    }
}
