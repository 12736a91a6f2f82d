package io.tradeops.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.feed.wire.FeedCommand;
import io.tradeops.app.feed.wire.FeedMessage;
import io.tradeops.core.trade.Tick;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayCursorTest {

    private final ReplayBuffer ring = new ReplayBuffer(4, 1);
    private final ClientSubscription everything = new ClientSubscription();
    private ReplayCursor position = new ReplayCursor(ring);

    @BeforeEach
    void fill() {
        everything.add(new FeedCommand.Subscribe(List.of("*"), OptionalLong.empty(), Optional.empty()));
        for (long seq = 1; seq <= 6; seq++) {
            ring.add(new Tick("AAPL", 0, 1, 1, seq));
        }
        position = new ReplayCursor(ring);
    }

    @Test
    void clientThatWantsMoreGoesBackButSkipsNothingOfWhatItWantedBefore() {
        assertThat(resume(4, false)).isEmpty();
        assertThat(resume(6, true)).isEmpty();
        assertThat(position.lag()).isEqualTo(3);

        assertThat(resume(3, true)).isEmpty();
        assertThat(position.lag()).isEqualTo(4);
        assertThat(next()).startsWith("[{\"type\":\"tick\",\"seq\":3,");
    }

    @Test
    void clientThatHasWantedNothingBeforeGoesOn() {
        assertThat(resume(4, false)).isEmpty();
        assertThat(resume(6, false)).isEmpty();

        assertThat(next()).startsWith("[{\"type\":\"tick\",\"seq\":6,");
    }

    @Test
    void whatIsNoLongerHeldIsSaid() {
        assertThat(resume(1, false)).contains(new FeedMessage.Gap(1, 2, "not_retained"));
        assertThat(position.isResuming()).isTrue();
        assertThat(next()).startsWith("[{\"type\":\"tick\",\"seq\":3,");
        assertThat(position.isResuming()).isFalse();
        assertThat(position.lastSeq()).isEqualTo(6);
    }

    private Optional<FeedMessage> resume(long seq, boolean isMore) {
        return position.resume(seq, position.find(seq).orElseThrow(), isMore);
    }

    private String next() {
        position.endNow();
        return StandardCharsets.UTF_8.decode(position.next(everything, 10)).toString();
    }
}
