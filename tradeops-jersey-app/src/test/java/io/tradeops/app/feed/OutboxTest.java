package io.tradeops.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final long NOW = Long.MAX_VALUE - 5;
    private static final int LARGE = 64 << 10;

    private final Outbox outbox = new Outbox(InstantSource.system());

    @Test
    void holdsSoManyBytesAndNoMore() {
        assertThat(offer(LARGE)).isTrue();
        assertThat(offer(LARGE)).isTrue();
        assertThat(offer(LARGE)).isTrue();
        assertThat(offer(LARGE)).isFalse();
        assertThat(offer(1_000)).isTrue();

        assertThat(outbox.poll().remaining()).isEqualTo(LARGE);
        assertThat(offer(LARGE)).isTrue();
        outbox.clear();
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(offer(3 * LARGE)).isTrue();
    }

    @Test
    void countsWhatSmallMessagesTakeBesideTheirText() {
        int messages = 0;
        while (offer(1)) {
            messages++;
        }
        assertThat(messages).isEqualTo((256 << 10) / 129);
    }

    @Test
    void messageIsOverdueWhetherItWaitsOrIsSent() {
        offer(1);
        assertThat(outbox.isOverdue(after(5_900))).isFalse();
        assertThat(outbox.isOverdue(after(5_901))).isTrue();

        outbox.poll();
        assertThat(outbox.isOverdue(after(5_901))).isTrue();
        outbox.onSent();
        assertThat(outbox.isOverdue(after(5_901))).isFalse();
    }

    private boolean offer(int bytes) {
        return outbox.offer(ByteBuffer.allocate(bytes), NOW);
    }

    private static long after(long millis) {
        return NOW + Duration.ofMillis(millis).toNanos();
    }
}
