package io.tradeops.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.feed.wire.FeedMessage;
import io.tradeops.core.trade.Tick;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayBufferTest {

    @Test
    void retainsNothingAtFirst() {
        ReplayBuffer buffer = new ReplayBuffer(3, 10);

        assertThat(buffer.nextSeq()).isEqualTo(10);
        assertThat(buffer.oldestOffset()).isEqualTo(buffer.nextOffset()).isZero();
        assertThat(seqs(buffer, 0, 100, ticker -> true)).isEmpty();
        assertThat(buffer.find(10)).contains(new ReplayBuffer.Start(0, 10, "lost", false));
        assertThat(buffer.find(7)).contains(new ReplayBuffer.Start(0, 10, "not_retained", false));
        assertThat(buffer.find(11)).isEmpty();
    }

    @Test
    void retainsTheNewestTicksUpToItsCapacity() {
        ReplayBuffer buffer = new ReplayBuffer(3, 10);
        add(buffer, "A", "B", "A", "B", "A");

        assertThat(buffer.nextSeq()).isEqualTo(15);
        assertThat(buffer.oldestOffset()).isEqualTo(2);
        assertThat(seqs(buffer, 2, 100, ticker -> true)).containsExactly(12L, 13L, 14L);
    }

    @Test
    void filteredFrameContinuesAfterTheOffsetsThatItHasSearched() {
        ReplayBuffer buffer = new ReplayBuffer(10, 1);
        add(buffer, "A", "B", "A", "B", "A", "B");

        ReplayBuffer.Frame frame = buffer.frame(0, 9, 2, "A"::equals);

        assertThat(text(frame))
                .startsWith("[{")
                .contains("\"seq\":1,")
                .contains("},{")
                .contains("\"seq\":3,");
        assertThat(frame.nextOffset()).isEqualTo(3);
        assertThat(frame.lastSeq()).isEqualTo(3);
        assertThat(seqs(buffer, 3, 2, "A"::equals)).containsExactly(5L);
        assertThat(buffer.frame(3, 9, 2, "A"::equals).nextOffset()).isEqualTo(6);
        assertThat(buffer.frame(0, 9, 2, "C"::equals)).isEqualTo(ReplayBuffer.Frame.of(List.of(), 0, 6, 6));
    }

    @Test
    void sameRequestGetsTheSameFrame() {
        ReplayBuffer buffer = new ReplayBuffer(10, 1);
        add(buffer, "A", "B", "A");
        ByteBuffer json = buffer.frame(1, 3, 100).json();

        add(buffer, "B");
        assertThat(buffer.frame(3, 3, 100)).isEqualTo(ReplayBuffer.Frame.of(List.of(), 3, 3, 0));
        assertThat(buffer.frame(1, 3, 100).json()).isSameAs(json);
        assertThat(buffer.frame(0, 3, 100).nextOffset()).isEqualTo(3);
        assertThat(buffer.frame(1, 3, 1).nextOffset()).isEqualTo(2);
        assertThat(seqs(buffer.frame(1, 4, 100))).containsExactly(2L, 3L, 4L);
        assertThat(buffer.frame(4, 3, 100)).isEqualTo(ReplayBuffer.Frame.of(List.of(), 4, 4, 0));
    }

    @Test
    void replaysFromAnyOffsetShareThePagesAfterTheirFirst() {
        ReplayBuffer buffer = new ReplayBuffer(5_000, 1);
        for (int i = 0; i < 4_000; i++) {
            add(buffer, "A");
        }

        assertThat(buffer.frame(300, 4_000, ReplayBuffer.PAGE).nextOffset()).isEqualTo(512);
        ReplayBuffer.Frame page = buffer.frame(512, 4_000, ReplayBuffer.PAGE);
        assertThat(page.nextOffset()).isEqualTo(768);
        buffer.frame(3_900, 4_000, ReplayBuffer.PAGE);
        assertThat(buffer.frame(512, 4_000, ReplayBuffer.PAGE)).isSameAs(page);
    }

    @Test
    void evictedTickIsNotConfusedWithTheTickThatReplacedIt() {
        ReplayBuffer buffer = new ReplayBuffer(3, 1);
        add(buffer, "A", "B", "A", "B", "A");

        assertThat(buffer.frame(1, 5, 100)).isEqualTo(ReplayBuffer.Frame.of(List.of(), 1, 1, 0));
        assertThat(buffer.frame(1, 9, 100, "B"::equals)).isEqualTo(ReplayBuffer.Frame.of(List.of(), 1, 1, 0));
        assertThat(buffer.nextRetained(1)).isEqualTo(new ReplayBuffer.Start(2, 3, "not_retained", false));
        assertThat(seqs(buffer.frame(2, 5, 100))).containsExactly(3L, 4L, 5L);
    }

    @Test
    void filteredFrameStopsAtTheEndAndAfterFourThousandEntries() {
        ReplayBuffer buffer = new ReplayBuffer(10_000, 1);
        for (int i = 0; i < 9_000; i++) {
            add(buffer, "A");
        }

        assertThat(buffer.frame(0, 10, 5, "B"::equals).nextOffset()).isEqualTo(10);
        assertThat(buffer.frame(0, 9_000, 5, "B"::equals).nextOffset()).isEqualTo(4_096);
        assertThat(buffer.frame(8_192, 9_000, 5, "B"::equals))
                .isEqualTo(ReplayBuffer.Frame.of(List.of(), 8_192, 9_000, 9_000));
        assertThat(buffer.frame(8_192, 9_000, 5, "A"::equals).nextOffset()).isEqualTo(8_197);
    }

    @Test
    void searchDoesNotDelayThePublisher() {
        ReplayBuffer buffer = new ReplayBuffer(10_000, 1);
        for (int i = 0; i < 3_000; i++) {
            add(buffer, "A");
        }
        Predicate<String> publishing = ticker -> {
            CompletableFuture.runAsync(() -> add(buffer, "B"))
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
            return buffer.nextOffset() > 3_005;
        };

        assertThat(seqs(buffer.frame(0, 3_000, 1, publishing))).containsExactly(6L);
        assertThat(seqs(buffer.newest(2_990, publishing))).isNotEmpty();
        add(buffer, "C");
    }

    @Test
    void newestTickIsTheSameWhetherItIsRetainedOrNot() {
        SplittableRandom random = new SplittableRandom(7);
        ReplayBuffer large = new ReplayBuffer(5_000, 1);
        ReplayBuffer small = new ReplayBuffer(1, 1);
        for (int i = 0; i < 3_000; i++) {
            String ticker = "T" + random.nextInt(400);
            add(large, ticker);
            add(small, ticker);
        }
        for (int from = 0; from < 3_000; from += 97) {
            Predicate<String> filter = ticker -> ticker.endsWith("7");
            assertThat(seqs(large.newest(from, filter))).isEqualTo(seqs(small.newest(from, filter)));
        }
    }

    @Test
    void newestIsOneTickOfEachTickerInOrder() {
        ReplayBuffer buffer = new ReplayBuffer(4, 1);
        add(buffer, "A", "B", "C", "A", "B", "A");

        assertThat(seqs(buffer.newest(2, ticker -> true))).containsExactly(3L, 5L, 6L);
        assertThat(seqs(buffer.newest(4, "A"::equals))).containsExactly(6L);
        assertThat(text(buffer.newest(6, ticker -> true))).isEmpty();
    }

    @Test
    void newestTickIsKnownAfterItsEviction() {
        ReplayBuffer buffer = new ReplayBuffer(2, 1);
        add(buffer, "C", "B", "A", "A", "A");

        assertThat(seqs(buffer.newest(0, ticker -> true))).containsExactly(1L, 2L, 5L);
        assertThat(seqs(buffer.newest(1, ticker -> true))).containsExactly(2L, 5L);
    }

    @Test
    void forgetsTheTickerThatTickedLongestAgoBeyondTheLimit() {
        ReplayBuffer buffer = new ReplayBuffer(2, 1);
        for (int i = 0; i < ReplayBuffer.MAX_TICKERS; i++) {
            add(buffer, "T" + i);
        }
        add(buffer, "T0", "T2", "NEW");

        assertThat(seqs(buffer.newest(0, List.of("T0", "T1", "T2", "T3", "NEW")::contains)))
                .containsExactly(
                        4L,
                        ReplayBuffer.MAX_TICKERS + 1L,
                        ReplayBuffer.MAX_TICKERS + 2L,
                        ReplayBuffer.MAX_TICKERS + 3L);
        assertThat(seqs(buffer.newest(0, ticker -> true)))
                .hasSize(ReplayBuffer.MAX_TICKERS)
                .isSorted();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 1_000_000_000_000L})
    void lostTicksTakeOneOffsetWhateverTheirNumber(long count) {
        ReplayBuffer buffer = new ReplayBuffer(10, 1);
        add(buffer, "A", "B");
        buffer.skip(count);
        add(buffer, "A");

        assertThat(buffer.nextOffset()).isEqualTo(4);
        assertThat(FeedTicks.messages(buffer.frame(0, 4, 100)))
                .containsExactly(sent(1, "A"), sent(2, "B"), lost(3, count + 2), sent(count + 3, "A"));
        assertThat(FeedTicks.messages(buffer.frame(1, 9, 100, "C"::equals))).containsExactly(lost(3, count + 2));
        assertThat(seqs(buffer.newest(0, ticker -> true))).containsExactly(2L, count + 3);
        assertThat(buffer.frame(0, 3, 100).lastSeq()).isEqualTo(count + 2);
    }

    @Test
    void lostSequenceNumberIsFoundAtTheFirstTickAfterIt() {
        ReplayBuffer buffer = new ReplayBuffer(10, 1);
        add(buffer, "A", "B");
        buffer.skip(3);
        add(buffer, "A");

        assertThat(buffer.find(2)).contains(new ReplayBuffer.Start(1, 2, "lost", false));
        assertThat(buffer.find(3)).contains(new ReplayBuffer.Start(2, 3, "lost", false));
        assertThat(buffer.find(4)).contains(new ReplayBuffer.Start(3, 6, "lost", false));
        assertThat(buffer.find(6)).contains(new ReplayBuffer.Start(3, 6, "lost", false));
        assertThat(buffer.find(7)).contains(new ReplayBuffer.Start(4, 7, "lost", false));
    }

    @Test
    void jumpOfTheSequenceNumberIsAGap() {
        ReplayBuffer buffer = new ReplayBuffer(10, 1);
        buffer.add(tick(1, "A"));
        buffer.add(tick(9, "A"));

        assertThat(FeedTicks.messages(buffer.frame(0, 3, 100))).containsExactly(sent(1, "A"), lost(2, 8), sent(9, "A"));
    }

    @Test
    void sequenceNumberThatGoesBackRestartsTheSequence() {
        ReplayBuffer buffer = new ReplayBuffer(10, 100);
        add(buffer, "A", "B");
        buffer.add(tick(5, "A"));
        buffer.add(tick(6, "C"));

        assertThat(FeedTicks.messages(buffer.frame(0, 9, 100)))
                .containsExactly(sent(100, "A"), sent(101, "B"), restarted(), sent(5, "A"), sent(6, "C"));
        assertThat(buffer.nextSeq()).isEqualTo(7);
        assertThat(buffer.frame(0, 2, 100).lastSeq()).isEqualTo(101);
        assertThat(buffer.frame(0, 3, 100).lastSeq()).isEqualTo(4);
        assertThat(buffer.find(102)).isEmpty();
        assertThat(buffer.find(1)).contains(new ReplayBuffer.Start(3, 5, "not_retained", false));
        assertThat(buffer.find(6)).contains(new ReplayBuffer.Start(4, 6, "lost", false));
        assertThat(FeedTicks.messages(buffer.newest(0, ticker -> true)))
                .containsExactly(restarted(), sent(5, "A"), sent(6, "C"));
        assertThat(FeedTicks.messages(buffer.newest(3, ticker -> true))).containsExactly(sent(5, "A"), sent(6, "C"));
    }

    @Test
    void clientBehindASequenceRestartGetsTheNotice() {
        ReplayBuffer buffer = new ReplayBuffer(2, 100);
        add(buffer, "A", "B");
        buffer.add(tick(5, "A"));
        add(buffer, "B", "C");

        assertThat(buffer.nextRetained(0)).isEqualTo(new ReplayBuffer.Start(4, 6, "not_retained", true));
        assertThat(buffer.nextRetained(3).sequenceRestarted()).isFalse();
        assertThat(FeedTicks.messages(buffer.newest(0, ticker -> true)))
                .containsExactly(restarted(), sent(5, "A"), sent(6, "B"), sent(7, "C"));
    }

    @Test
    void wrapsAroundWithLargeSequenceNumbers() {
        long first = Long.MAX_VALUE - 1_000;
        ReplayBuffer buffer = new ReplayBuffer(7, first);
        for (int i = 0; i < 100; i++) {
            add(buffer, "A");
        }

        assertThat(seqs(buffer, buffer.oldestOffset(), 100, ticker -> true))
                .hasSize(7)
                .startsWith(first + 93);
    }

    private static void add(ReplayBuffer buffer, String... tickers) {
        for (String ticker : tickers) {
            buffer.add(tick(buffer.nextSeq(), ticker));
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

    private static FeedMessage restarted() {
        return new FeedMessage.Failure(416, "the feed restarted its sequence; subscribe with from_seq 1");
    }

    private static List<Long> seqs(ReplayBuffer buffer, long from, int limit, Predicate<String> filter) {
        return seqs(buffer.frame(from, Long.MAX_VALUE, limit, filter));
    }

    private static List<Long> seqs(ReplayBuffer.Frame frame) {
        return FeedTicks.messages(frame).stream()
                .filter(FeedMessage.TickMessage.class::isInstance)
                .map(message -> ((FeedMessage.TickMessage) message).tick().seq())
                .toList();
    }

    private static String text(ReplayBuffer.Frame frame) {
        return FeedTicks.text(frame);
    }
}
