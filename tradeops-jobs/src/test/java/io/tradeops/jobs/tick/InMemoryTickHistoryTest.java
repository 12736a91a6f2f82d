package io.tradeops.jobs.tick;

import io.tradeops.core.trade.FixedDecimal;
import java.util.List;

class InMemoryTickHistoryTest extends TickHistoryContract {

    private final InMemoryTickHistory history = new InMemoryTickHistory();

    @Override
    protected TickHistory history() {
        return history;
    }

    @Override
    protected void store(List<FeedTick> ticks) {
        ticks.forEach(tick -> history.add(
                tick.ticker(),
                tick.time(),
                FixedDecimal.parse(tick.price()),
                FixedDecimal.parse(tick.quantity()),
                tick.seq()));
    }
}
