package io.tradeops.app.trade;

import io.tradeops.app.db.Database;
import io.tradeops.app.embedded.TestDatabase;
import io.tradeops.core.trade.Trade;
import io.tradeops.jobs.TradeHistory;
import io.tradeops.jobs.TradeHistoryContract;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class TradeRepositoryIT extends TradeHistoryContract {

    private static final Instant RECEIVED = Instant.parse("2026-11-20T14:30:00.2Z");

    @TempDir
    static Path directory;

    private static TestDatabase server;
    private static Database database;

    @BeforeAll
    static void start() throws Exception {
        server = TestDatabase.in(directory);
        database = server.open(TradeRepository.entities());
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        TestDatabase.empty(database, "trades");
    }

    @Override
    protected TradeHistory history() {
        return new TradeRepository(database);
    }

    @Override
    protected void store(UUID id, Trade trade) {
        database.withConnection(
                connection -> TradeInsert.insert(connection, List.of(new StoredTrade(id, trade, RECEIVED))));
    }
}
