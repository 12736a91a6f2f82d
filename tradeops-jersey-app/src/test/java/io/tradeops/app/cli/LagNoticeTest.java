package io.tradeops.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LagNoticeTest {

    private final LagNotice notice = new LagNotice();

    @Test
    void lagIsSaidAtTheThirdLookAndTenSecondsLater() {
        for (int second = 0; second < 20; second++) {
            String expected = second == 2 || second == 12
                    ? "the newest tick done is " + (10 + second) + " s old; others wait"
                    : "";

            assertThat(look(10 + second, second)).isEqualTo(expected);
        }
    }

    @Test
    void batchOnItsWayIsNoLag() {
        for (int second = 0; second < 20; second++) {
            assertThat(look(second % 3 == 0 ? 0 : 60, second)).isEmpty();
        }
    }

    @Test
    void fewSecondsAreNoLag() {
        for (int second = 0; second < 20; second++) {
            assertThat(look(5, second)).isEmpty();
        }
    }

    private String look(double secondsBehind, int second) {
        return notice.look(secondsBehind, TimeUnit.SECONDS.toNanos(second)).orElse("");
    }
}
