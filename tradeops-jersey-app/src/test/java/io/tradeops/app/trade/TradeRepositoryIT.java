package io.tradeops.app.trade;

import io.tradeops.app.support.OpenDatabase;
import io.tradeops.core.trade.Trade;
import io.tradeops.jobs.daily.TradeHistory;
import io.tradeops.jobs.daily.TradeHistoryContract;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.RegisterExtension;

class TradeRepositoryIT extends TradeHistoryContract {

    private static final Instant RECEIVED = Instant.parse("2026-11-20T14:30:00.2Z");

    @RegisterExtension
    static final OpenDatabase database = OpenDatabase.of(TradeRepository.entities(), "trades");

    @Override
    protected TradeHistory history() {
        return new TradeRepository(database.get());
    }

    @Override
    protected void store(UUID id, Trade trade) {
        database.get()
                .withConnection(
                        connection -> TradeInsert.insert(connection, List.of(new StoredTrade(id, trade, RECEIVED))));
    }
}
