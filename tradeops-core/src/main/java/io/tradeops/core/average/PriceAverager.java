package io.tradeops.core.average;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Averages the ticks of one ticker over tumbling windows of event time. Ticks may arrive in any order. Not thread-safe.
 *
 * <p>A window stays open until {@link #close} returns it. A tick of a window that is already closed is late; it is
 * counted, see {@link #lateTicks}, and opens its window again. The next {@code close} then returns the average of the
 * late ticks alone, to be {@linkplain AveragePrice#merge merged} with the earlier average.
 *
 * <p>A tick in the same window as the tick before it costs O(1). A tick in another open window costs O(number of open
 * windows). Only the first tick of a window allocates memory.
 */
public final class PriceAverager {

    /*
     * Open windows are in a list in the order of time. It is searched from the newest, to which nearly every tick
     * belongs.
     */

    private final Duration width;
    private final long widthNanos;
    private final List<WindowTotals> open = new ArrayList<>();
    private WindowTotals current;
    private long closedUntil;
    private long lateTicks;

    /**
     * Creates an averager.
     *
     * @param width the width of the windows: more than 0, whole microseconds, at most 366 days
     * @throws IllegalArgumentException if the width is out of its range
     */
    public PriceAverager(Duration width) {
        this.width = width;
        this.widthNanos = TimeWindow.widthNanos(width);
        this.current = noWindow();
    }

    /**
     * Adds a tick to its window.
     *
     * @param epochNanos the time, in nanoseconds since 1970-01-01T00:00:00Z, 0 to {@link EpochNanos#MAX}
     * @param priceUnits the price in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
     * @param quantityUnits the quantity in 10⁻⁸ units, 1 to {@link FixedDecimal#MAX_UNITS}
     * @param seq the feed's sequence number, which orders ticks of the same time
     * @throws IllegalArgumentException if an argument is out of its range; the tick is then not added
     */
    public void add(long epochNanos, long priceUnits, long quantityUnits, long seq) {
        requireRange("epochNanos", epochNanos, 0, EpochNanos.MAX);
        requireRange("priceUnits", priceUnits, 1, FixedDecimal.MAX_UNITS);
        requireRange("quantityUnits", quantityUnits, 1, FixedDecimal.MAX_UNITS);
        if (!current.contains(epochNanos)) {
            current = openWindow(epochNanos);
        }
        if (epochNanos < closedUntil) {
            lateTicks++;
        }
        current.add(epochNanos, priceUnits, quantityUnits, seq);
    }

    /**
     * Adds a tick to its window. All ticks must be of the same ticker; the averager does not check this.
     *
     * @throws IllegalArgumentException if the quantity is 0; the tick is then not added
     */
    public void add(Tick tick) {
        add(tick.epochNanos(), tick.priceUnits(), tick.quantityUnits(), tick.seq());
    }

    /**
     * Closes the windows that end at or before the watermark, and removes them.
     *
     * @return the averages of these windows in the order of time; a window without ticks has none
     * @throws IllegalArgumentException if the watermark is before 1970 or after {@link EpochNanos#MAX}
     */
    public List<AveragePrice> close(Instant watermark) {
        long nanos = EpochNanos.of(watermark);
        long end = nanos - nanos % widthNanos;
        int ended = 0;
        while (ended < open.size() && open.get(ended).start() < end) {
            ended++;
        }
        List<AveragePrice> closed = new ArrayList<>(ended);
        List<WindowTotals> endedWindows = open.subList(0, ended);
        endedWindows.forEach(totals -> closed.add(totals.toAveragePrice(width)));
        endedWindows.clear();
        current = open.isEmpty() ? noWindow() : open.get(open.size() - 1);
        closedUntil = Math.max(closedUntil, end);
        return closed;
    }

    /** Returns the number of ticks that arrived after {@link #close} was called with a watermark past their window. */
    public long lateTicks() {
        return lateTicks;
    }

    private WindowTotals openWindow(long epochNanos) {
        int after = open.size();
        while (after > 0 && open.get(after - 1).start() > epochNanos) {
            after--;
        }
        if (after > 0 && open.get(after - 1).contains(epochNanos)) {
            return open.get(after - 1);
        }
        WindowTotals window = new WindowTotals(epochNanos - epochNanos % widthNanos, widthNanos);
        open.add(after, window);
        return window;
    }

    /** A window that contains no time. */
    private static WindowTotals noWindow() {
        return new WindowTotals(0, 0);
    }

    private static void requireRange(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ": " + value);
        }
    }
}
