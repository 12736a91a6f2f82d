package io.tradeops.app.monitor;

import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.embedded.OpenDatabase;
import io.tradeops.app.feed.FeedMessage;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.jobs.tick.TickHistory;
import io.tradeops.jobs.tick.TickHistoryContract;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

class TickRepositoryIT extends TickHistoryContract {

    @RegisterExtension
    static final OpenDatabase database = OpenDatabase.of(List.of(), "price_ticks", "open_windows");

    @Override
    protected TickHistory history() {
        return new TickRepository(database.get());
    }

    @Override
    protected void store(List<FeedTick> given) {
        List<FeedMessage.Tick> ticks = given.stream()
                .map(tick -> new FeedMessage.Tick(
                        tick.seq(),
                        tick.ticker(),
                        FixedDecimal.parse(tick.price()),
                        FixedDecimal.parse(tick.quantity()),
                        EpochNanos.of(tick.time())))
                .toList();
        new MonitorStore(database.get(), new TickRepository(database.get()), new AlertRepository(database.get()))
                .save(
                        database.get()::withConnection,
                        "test",
                        new Batch(ticks, List.of(), 0, Checkpoints.Checkpoint.NONE));
    }
}
