package io.tradeops.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonitorSettingsTest {

    @Test
    void timesAreThoseOfTheContract() {
        MonitorSettings settings = MonitorSettings.of(
                URI.create("ws://127.0.0.1/prices"), "test", FeedSubscription.ofOurFeed(), List.of());

        assertThat(settings.deadAfter()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.attempts())
                .isEqualTo(new Backoff.Limits(Duration.ofMillis(250), Duration.ofSeconds(30), Duration.ofSeconds(1)));
    }
}
