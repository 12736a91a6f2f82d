package io.tradeops.jobs;

import io.tradeops.core.average.AveragePrice;

/** Where averages are kept. Implementations are thread-safe. */
public interface AverageStore {

    /** Stores a window's average; in place of one that differs, with the next revision. */
    void save(String ticker, AveragePrice average);
}
