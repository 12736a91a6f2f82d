package io.tradeops.jobs.average;

import io.tradeops.core.average.AveragePrice;

/** The stored averages. Implementations are thread-safe. */
public interface AverageStore {

    /**
     * Stores a window's average. It replaces an average that differs, with the next revision. An average of more ticks
     * is not replaced: the one of fewer ticks missed a late tick, or was computed after ticks were dropped.
     */
    void save(String ticker, AveragePrice average);
}
