package io.tradeops.app.tick;

import io.tradeops.app.support.OpenDatabase;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import io.tradeops.jobs.tick.TickHistory;
import io.tradeops.jobs.tick.TickHistoryContract;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

class TickRepositoryIT extends TickHistoryContract {

    private static final int FEED = 1;

    @RegisterExtension
    static final OpenDatabase database = OpenDatabase.of(List.of(), "price_ticks", "open_windows");

    @Override
    protected TickHistory history() {
        return new TickRepository(database.get());
    }

    @Override
    protected void store(List<FeedTick> given) {
        List<Tick> ticks = given.stream()
                .map(tick -> new Tick(
                        tick.ticker(),
                        EpochNanos.of(tick.time()),
                        FixedDecimal.parse(tick.price()),
                        FixedDecimal.parse(tick.quantity()),
                        tick.seq()))
                .toList();
        TickRepository repository = new TickRepository(database.get());
        database.get().withConnection(connection -> {
            repository.createPartitions(connection, repository.missingPartitions(ticks));
            repository.insert(connection, ticks, FEED);
            return true;
        });
    }
}
