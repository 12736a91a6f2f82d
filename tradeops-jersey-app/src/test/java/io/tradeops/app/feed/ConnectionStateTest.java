package io.tradeops.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionStateTest {

    private static final ConnectionState NEW = ConnectionState.Waiting.NEW;

    @Test
    void newClientIsSilentOnlyWhenItsTimeIsOver() {
        assertThat(NEW.isSilent()).isFalse();
        assertThat(NEW.skipsTicks()).isFalse();
        assertThat(NEW.silenceOver().isSilent()).isTrue();
        assertThat(NEW.silenceOver().skipsTicks()).isTrue();
    }

    @Test
    void clientWithARefusedCommandIsNotSilent() {
        assertThat(NEW.refused().silenceOver().isSilent()).isFalse();
        assertThat(NEW.silenceOver().refused().isSilent()).isFalse();
        assertThat(NEW.refused().silenceOver().skipsTicks()).isTrue();
    }

    @Test
    void startedStreamChangesOnlyByItsEnd() {
        ConnectionState streaming = NEW.silenceOver().started();

        assertThat(streaming.hasStarted()).isTrue();
        assertThat(streaming.skipsTicks()).isFalse();
        assertThat(List.of(streaming.silenceOver(), streaming.refused(), streaming.started()))
                .containsOnly(streaming);
    }

    @Test
    void leavingClientStillHasTheStateFromBefore() {
        ConnectionState leaving = NEW.silenceOver().leaving();

        assertThat(leaving).isInstanceOf(ConnectionState.Leaving.class);
        assertThat(leaving.isSilent()).isTrue();
        assertThat(leaving.hasStarted()).isFalse();
        assertThat(leaving.started()).isEqualTo(NEW.started().leaving());
        assertThat(leaving.leaving()).isEqualTo(leaving);
    }

    @Test
    void closedConnectionStaysClosed() {
        for (ConnectionState before :
                List.of(NEW, NEW.started(), NEW.leaving(), NEW.started().leaving())) {
            ConnectionState closed = before.closed();

            assertThat(closed).isEqualTo(new ConnectionState.Closed(before.hasStarted()));
            assertThat(List.of(
                            closed.silenceOver(),
                            closed.refused(),
                            closed.started(),
                            closed.leaving(),
                            closed.closed()))
                    .containsOnly(closed);
        }
    }
}
