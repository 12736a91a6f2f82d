package io.tradeops.jobs.average;

import io.tradeops.core.average.TimeWindow;
import java.util.Optional;

class InMemoryAverageStoreTest extends AverageStoreContract {

    private final InMemoryAverageStore averages = new InMemoryAverageStore();

    @Override
    protected AverageStore averages() {
        return averages;
    }

    @Override
    protected Optional<Stored> stored(String ticker, TimeWindow window) {
        return averages.find(ticker, window).map(found -> {
            var average = found.average();
            return Stored.of(
                    average.averagePrice(),
                    average.vwap().orElse(null),
                    average.open(),
                    average.high(),
                    average.low(),
                    average.close(),
                    average.volume(),
                    average.tickCount(),
                    found.revision());
        });
    }
}
