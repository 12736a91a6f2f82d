package io.tradeops.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class LivenessTest {

    private final Liveness liveness = new Liveness();

    @Test
    void onlyThePongOfThePingAnswersIt() {
        liveness.ping(0);
        ByteBuffer payload = liveness.takeDuePing();
        ByteBuffer other = ByteBuffer.allocate(8).putLong(0, ~payload.getLong(0));

        liveness.onPong(ByteBuffer.allocate(0));
        liveness.onPong(other);
        assertThat(liveness.isAwaitingPong()).isTrue();
        liveness.onPong(payload);
        assertThat(liveness.isAwaitingPong()).isFalse();
    }

    @Test
    void pongOfAnEarlierPingAnswersNoLaterOne() {
        liveness.ping(0);
        ByteBuffer first = liveness.takeDuePing();
        liveness.onPong(first);
        liveness.ping(1);
        liveness.onPong(first);
        assertThat(liveness.isAwaitingPong()).isTrue();

        ByteBuffer second = liveness.takeDuePing();
        liveness.onPong(first);
        assertThat(liveness.isAwaitingPong()).isTrue();
        liveness.onPong(second);
        assertThat(liveness.isAwaitingPong()).isFalse();
    }
}
