package io.tradeops.core.average;

import static java.util.Objects.requireNonNull;

import io.tradeops.core.codec.Arguments;

/**
 * The averages of a ticker's ticks in one window, and how often they were revised. Immutable.
 *
 * @param ticker the ticker
 * @param average the averages of all ticks of the window
 * @param revision 1 for the first result of the window; each later one, which late ticks cause, has the next number
 */
public record TickerAverage(String ticker, AveragePrice average, int revision) {

    /**
     * Checks ticker and revision.
     *
     * @throws IllegalArgumentException if the ticker is not valid or the revision is less than 1
     */
    public TickerAverage {
        TickValues.requireTicker(ticker);
        requireNonNull(average, "average");
        Arguments.require(revision >= 1, "revision must be at least 1", revision);
    }

    /** Returns the window. */
    public TimeWindow window() {
        return average.window();
    }
}
