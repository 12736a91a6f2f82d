package io.tradeops.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeops.app.feed.market.TickPublisher;
import io.tradeops.app.feed.market.TickSource;
import io.tradeops.app.support.Eventually;
import io.tradeops.core.trade.EpochNanos;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
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

    @Test
    void sourceThatFailsIsAdvancedAgain() throws Exception {
        Clockwork source = new Clockwork(Instant.now());
        source.toFail.set(2);
        try (FeedDriver driver = FeedDriver.start(feed, source, 100, InstantSource.system())) {
            Eventually.await("it has caught up", driver::isCurrent);
            assertThat(source.toFail).hasValue(0);
            assertThat(driver.loops())
                    .allSatisfy(loop -> assertThat(loop.problem()).isEmpty());
        } finally {
            feed.close();
        }
    }

    @Test
    void senderSendsARoundThatFailedAgain() throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        try (FeedSender sender = FeedSender.start(() -> {
            if (rounds.incrementAndGet() < 3) {
                throw new OutOfMemoryError("artificial");
            }
        })) {
            sender.wake();
            Eventually.await("the third round follows the first", () -> rounds.get() == 3);
        } finally {
            feed.close();
        }
    }

    /** A source that has no ticks. */
    private static final class Clockwork implements TickSource {

        private final AtomicInteger toFail = new AtomicInteger();
        private volatile long position;

        Clockwork(Instant start) {
            position = EpochNanos.of(start);
        }

        @Override
        public void advanceTo(long epochNanos, TickPublisher feed) {
            if (toFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new OutOfMemoryError("artificial");
            }
            position = epochNanos;
        }

        @Override
        public long position() {
            return position;
        }
    }
}
