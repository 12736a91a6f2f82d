package io.tradeops.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LagNoticeTest {

    private final LagNotice notice = new LagNotice();

    @Test
    void lagIsReportedAtTheThirdCheckAndTenSecondsLater() {
        for (int second = 0; second < 20; second++) {
            String expected = second == 2 || second == 12
                    ? "behind the feed: the newest processed tick is " + (10 + second) + " s old, others wait"
                    : "";

            assertThat(check(10 + second, second)).isEqualTo(expected);
        }
    }

    @Test
    void batchThatIsBeingStoredIsNoLag() {
        for (int second = 0; second < 20; second++) {
            assertThat(check(second % 3 == 0 ? 0 : 60, second)).isEmpty();
        }
    }

    @Test
    void fewSecondsAreNoLag() {
        for (int second = 0; second < 20; second++) {
            assertThat(check(5, second)).isEmpty();
        }
    }

    private String check(double secondsBehind, int second) {
        return notice.check(secondsBehind, TimeUnit.SECONDS.toNanos(second)).orElse("");
    }
}
