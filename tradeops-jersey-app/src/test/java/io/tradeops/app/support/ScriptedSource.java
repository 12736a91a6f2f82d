package io.tradeops.app.support;

import io.tradeops.app.feed.market.TickPublisher;
import io.tradeops.app.feed.market.TickSource;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A source whose ticks a test gives one by one. A tick has the time at which it is published. Thread-safe. */
public final class ScriptedSource implements TickSource {

    private record Quote(String ticker, String price) {}

    private final Queue<Quote> quotes = new ConcurrentLinkedQueue<>();

    /** Publishes a price at the next step of the feed's driver. */
    public void publish(String ticker, String price) {
        quotes.add(new Quote(ticker, price));
    }

    @Override
    public void advanceTo(long epochNanos, TickPublisher to) {
        for (Quote quote = quotes.poll(); quote != null; quote = quotes.poll()) {
            long now = EpochNanos.truncateToMicros(EpochNanos.of(Instant.now()));
            to.publish(quote.ticker(), now, FixedDecimal.parse(quote.price()), FixedDecimal.ONE);
        }
    }

    @Override
    public long position() {
        return EpochNanos.of(Instant.now());
    }
}
