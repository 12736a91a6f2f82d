package io.tradeops.app.feed.market;

import io.tradeops.app.feed.wire.FeedMessage;
import io.tradeops.core.trade.Tick;
import java.util.ArrayList;
import java.util.List;

/** Numbers ticks from 1 on and holds all of them. Not thread-safe. */
final class RecordingPublisher implements TickPublisher {

    private final List<Tick> ticks = new ArrayList<>();
    private final List<FeedMessage.Gap> gaps = new ArrayList<>();
    private long lastSeq;

    @Override
    public long publish(String ticker, long epochNanos, long priceUnits, long quantityUnits) {
        ticks.add(new Tick(ticker, epochNanos, priceUnits, quantityUnits, ++lastSeq));
        return lastSeq;
    }

    @Override
    public void skip(long count) {
        gaps.add(new FeedMessage.Gap(lastSeq + 1, lastSeq + count, "lost"));
        lastSeq += count;
    }

    List<Tick> ticks() {
        return ticks;
    }

    List<FeedMessage.Gap> gaps() {
        return gaps;
    }
}
