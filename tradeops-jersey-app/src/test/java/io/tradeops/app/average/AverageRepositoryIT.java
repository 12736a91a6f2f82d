package io.tradeops.app.average;

import io.tradeops.app.support.OpenDatabase;
import io.tradeops.core.average.TimeWindow;
import io.tradeops.jobs.average.AverageStore;
import io.tradeops.jobs.average.AverageStoreContract;
import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;

class AverageRepositoryIT extends AverageStoreContract {

    @RegisterExtension
    static final OpenDatabase database = OpenDatabase.of(AverageRepository.entities(), "averages");

    @Override
    protected AverageStore averages() {
        return new AverageRepository(database.get());
    }

    @Override
    protected Optional<Stored> stored(String ticker, TimeWindow window) {
        AverageEntity.Key key = new AverageEntity.Key(
                window.start(), ticker, Math.toIntExact(window.width().toSeconds()));
        return database.get()
                .inTransaction(session -> Optional.ofNullable(session.get(AverageEntity.class, key))
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
