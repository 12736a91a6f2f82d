package io.tradeops.jobs.average;

import io.tradeops.core.average.AveragePrice;
import io.tradeops.core.average.TimeWindow;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Averages in memory. Not thread-safe. */
final class InMemoryAverageStore implements AverageStore {

    private final Map<Key, Revised> averages = new HashMap<>();

    private record Key(String ticker, TimeWindow window) {}

    /** An average and its revision, 1 for the first. */
    record Revised(AveragePrice average, int revision) {

        private Revised with(AveragePrice changed) {
            return changed.equals(average) || changed.tickCount() < average.tickCount()
                    ? this
                    : new Revised(changed, revision + 1);
        }
    }

    @Override
    public void save(String ticker, AveragePrice average) {
        averages.merge(new Key(ticker, average.window()), new Revised(average, 1), (old, ignored) -> old.with(average));
    }

    Optional<Revised> find(String ticker, TimeWindow window) {
        return Optional.ofNullable(averages.get(new Key(ticker, window)));
    }

    int size() {
        return averages.size();
    }
}
