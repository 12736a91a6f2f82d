package io.tradeops.jobs.tick;

import io.tradeops.core.average.TimeWindow;

/**
 * A ticker's window with ticks that no average covers yet. Immutable.
 *
 * @param ticker the ticker
 * @param window the window
 * @param version increases with every tick stored in the window
 */
public record OpenWindow(String ticker, TimeWindow window, long version) {}
