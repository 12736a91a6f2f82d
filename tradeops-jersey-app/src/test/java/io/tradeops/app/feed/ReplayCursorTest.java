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

    private final ReplayBuffer buffer = new ReplayBuffer(4, 1);
    private final ClientSubscription everything = ClientSubscription.NONE
            .add(new FeedCommand.Subscribe(List.of("*"), OptionalLong.empty(), Optional.empty()))
            .orElseThrow()
            .result();
    private ReplayCursor cursor = new ReplayCursor(buffer);

    @BeforeEach
    void fill() {
        for (long seq = 1; seq <= 6; seq++) {
            buffer.add(new Tick("AAPL", 0, 1, 1, seq));
        }
        cursor = new ReplayCursor(buffer);
    }

    @Test
    void secondSubscriptionGoesBackButSkipsNoTickOfTheFirst() {
        assertThat(resume(4, false)).isEmpty();
        assertThat(resume(6, true)).isEmpty();
        assertThat(cursor.lag()).isEqualTo(3);

        assertThat(resume(3, true)).isEmpty();
        assertThat(cursor.lag()).isEqualTo(4);
        assertThat(next()).startsWith("[{\"type\":\"tick\",\"seq\":3,");
    }

    @Test
    void firstSubscriptionMovesAhead() {
        assertThat(resume(4, false)).isEmpty();
        assertThat(resume(6, false)).isEmpty();

        assertThat(next()).startsWith("[{\"type\":\"tick\",\"seq\":6,");
    }

    @Test
    void ticksThatAreNoLongerRetainedAreAGap() {
        assertThat(resume(1, false)).contains(new FeedMessage.Gap(1, 2, "not_retained"));
        assertThat(cursor.isResuming()).isTrue();
        assertThat(next()).startsWith("[{\"type\":\"tick\",\"seq\":3,");
        assertThat(cursor.isResuming()).isFalse();
        assertThat(cursor.lastSeq()).isEqualTo(6);
    }

    private Optional<FeedMessage> resume(long seq, boolean isAddition) {
        return cursor.resume(seq, cursor.find(seq).orElseThrow(), isAddition);
    }

    private String next() {
        cursor.endRoundAtNext();
        return StandardCharsets.UTF_8.decode(cursor.next(everything, 10)).toString();
    }
}
