package io.tradeops.app.monitor;

import io.tradeops.app.alert.AlertRepository;
import io.tradeops.app.db.Database;
import io.tradeops.app.embedded.TestDatabase;
import io.tradeops.app.feed.FeedMessage;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.jobs.TickHistory;
import io.tradeops.jobs.TickHistoryContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class TickRepositoryIT extends TickHistoryContract {

    @TempDir
    static Path directory;

    private static TestDatabase server;
    private static Database database;
    private static TickRepository ticks;

    @BeforeAll
    static void start() throws Exception {
        server = TestDatabase.in(directory);
        database = server.open(List.of());
        ticks = new TickRepository(database);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        TestDatabase.empty(database, "price_ticks", "open_windows");
    }

    @Override
    protected TickHistory history() {
        return ticks;
    }

    @Override
    protected void store(List<FeedTick> given) {
        new MonitorStore(database, ticks, new AlertRepository(database))
                .save(
                        database::withConnection,
                        "test",
                        given.stream()
                                .map(tick -> new FeedMessage.Tick(
                                        tick.seq(),
                                        tick.ticker(),
                                        FixedDecimal.parse(tick.price()),
                                        FixedDecimal.parse(tick.quantity()),
                                        EpochNanos.of(tick.time())))
                                .toList(),
                        List.of(),
                        0);
    }
}
