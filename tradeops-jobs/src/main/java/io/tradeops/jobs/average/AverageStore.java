package io.tradeops.jobs.average;

import io.tradeops.core.average.AveragePrice;

/** Where averages are kept. Implementations are thread-safe. */
public interface AverageStore {

    /**
     * Stores a window's average; in place of one that differs, with the next revision. One of more ticks stays: whoever
     * saw fewer was overtaken by a late tick, or came after the ticks were dropped.
     */
    void save(String ticker, AveragePrice average);
}
