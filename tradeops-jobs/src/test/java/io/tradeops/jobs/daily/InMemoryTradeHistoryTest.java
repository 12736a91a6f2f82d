package io.tradeops.jobs.daily;

import io.tradeops.core.trade.Trade;
import java.util.UUID;

class InMemoryTradeHistoryTest extends TradeHistoryContract {

    private final InMemoryTradeHistory history = new InMemoryTradeHistory();

    @Override
    protected TradeHistory history() {
        return history;
    }

    @Override
    protected void store(UUID id, Trade trade) {
        history.add(id, trade);
    }
}
