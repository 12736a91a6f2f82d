package io.tradeops.app.support;

import io.tradeops.app.feed.market.TickPublisher;
import io.tradeops.app.feed.market.TickSource;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Publishes what a test says, at the time it is said. Thread-safe. */
public final class ScriptedSource implements TickSource {

    private record Said(String ticker, String price) {}

    private final Queue<Said> said = new ConcurrentLinkedQueue<>();

    /** Publishes a price soon. */
    public void say(String ticker, String price) {
        said.add(new Said(ticker, price));
    }

    @Override
    public void advanceTo(long epochNanos, TickPublisher to) {
        for (Said tick = said.poll(); tick != null; tick = said.poll()) {
            long now = EpochNanos.of(Instant.now());
            to.publish(tick.ticker(), now - now % 1_000, FixedDecimal.parse(tick.price()), FixedDecimal.ONE);
        }
    }

    @Override
    public long position() {
        return EpochNanos.of(Instant.now());
    }
}
