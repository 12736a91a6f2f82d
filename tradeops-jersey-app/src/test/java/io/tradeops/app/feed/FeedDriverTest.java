package io.tradeops.app.feed;

import io.tradeops.app.feed.market.TickPublisher;
import io.tradeops.app.feed.market.TickSource;
import io.tradeops.app.support.Eventually;
import io.tradeops.core.trade.EpochNanos;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedDriverTest {

    private final PriceFeed feed = new PriceFeed(new FeedLimits(1_000, 10, 10), 1);

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 1_000_000})
    void sourceOfAnyRateReachesTheClockAndStaysThere(int ticksPerSecond) throws Exception {
        Clockwork source = new Clockwork(Instant.now());
        try (FeedDriver driver = FeedDriver.start(feed, source, ticksPerSecond, InstantSource.system())) {
            Eventually.await("it has caught up", driver::isCurrent);
            long reached = source.position;
            Eventually.await(
                    "it has advanced by a second",
                    () -> source.position - reached > Duration.ofSeconds(1).toNanos());
            Eventually.await("it is still caught up", driver::isCurrent);
        } finally {
            feed.close();
        }
    }

    /** A source that has no ticks. */
    private static final class Clockwork implements TickSource {

        private volatile long position;

        Clockwork(Instant start) {
            position = EpochNanos.of(start);
        }

        @Override
        public void advanceTo(long epochNanos, TickPublisher feed) {
            position = epochNanos;
        }

        @Override
        public long position() {
            return position;
        }
    }
}
