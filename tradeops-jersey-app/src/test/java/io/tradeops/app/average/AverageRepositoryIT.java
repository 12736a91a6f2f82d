package io.tradeops.app.average;

import io.tradeops.app.db.Database;
import io.tradeops.app.embedded.TestDatabase;
import io.tradeops.core.average.TimeWindow;
import io.tradeops.jobs.AverageStore;
import io.tradeops.jobs.AverageStoreContract;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class AverageRepositoryIT extends AverageStoreContract {

    @TempDir
    static Path directory;

    private static TestDatabase server;
    private static Database database;

    @BeforeAll
    static void start() throws Exception {
        server = TestDatabase.in(directory);
        database = server.open(AverageRepository.entities());
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        TestDatabase.empty(database, "averages");
    }

    @Override
    protected AverageStore averages() {
        return new AverageRepository(database);
    }

    @Override
    protected Optional<Stored> stored(String ticker, TimeWindow window) {
        AverageEntity.Key key = new AverageEntity.Key(
                window.start(), ticker, Math.toIntExact(window.width().toSeconds()));
        return database.inTransaction(session -> Optional.ofNullable(session.get(AverageEntity.class, key))
                .map(row -> Stored.of(
                        row.averagePrice,
                        row.vwap,
                        row.open,
                        row.high,
                        row.low,
                        row.close,
                        row.volume,
                        row.tickCount,
                        row.revision)));
    }
}
