package io.tradeops.core.average;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Averages the ticks of one ticker over tumbling windows of event time. Ticks may come in any order. Not thread-safe.
 *
 * <p>Windows stay open until {@link #close} takes them. A tick for a window that was taken opens it again: what
 * {@code close} then returns is the late part alone, to be {@linkplain AveragePrice#merge merged} with the earlier. Such
 * ticks are counted: {@link #lateTicks}.
 *
 * <p>A tick of the window of the tick before it costs O(1), of another open window O(number of open windows); neither
 * allocates. The first tick of a window does.
 */
public final class PriceAverager {

    /* Open windows lie in a list in order of time, and are searched from the newest: where nearly every tick belongs. */

    private final Duration width;
    private final long widthNanos;
    private final List<WindowTotals> open = new ArrayList<>();
    private WindowTotals current;
    private long closedUntil;
    private long lateTicks;

    /** An averager without ticks.
     *
     * @throws IllegalArgumentException if the width isn't one of a {@link TimeWindow} */
    public PriceAverager(Duration width) {
        this.width = width;
        this.widthNanos = TimeWindow.widthNanos(width);
        this.current = noWindow();
    }

    /**
     * Takes a tick.
     *
     * @param epochNanos the tick's time, 0 to {@link EpochNanos#MAX}
     * @param priceUnits the tick's price, 1 to {@link FixedDecimal#MAX_UNITS}
     * @param quantityUnits the tick's quantity, 1 to {@link FixedDecimal#MAX_UNITS}
     * @param seq orders ticks of the same time
     * @throws IllegalArgumentException if one is out of range; the tick is then not taken
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
     * Takes a tick, whatever its ticker: an averager is of one.
     *
     * @throws IllegalArgumentException if the tick has no quantity; it is then not taken
     */
    public void add(Tick tick) {
        add(tick.epochNanos(), tick.priceUnits(), tick.quantityUnits(), tick.seq());
    }

    /** Takes the windows that end at or before {@code watermark}, in order of time. Windows without ticks are not
     * there.
     *
     * @throws IllegalArgumentException if it is out of {@link EpochNanos}'s range */
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

    /** How many ticks came for windows that {@link #close} could have taken before: each revises its window. */
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

    /** Contains no time at all. */
    private static WindowTotals noWindow() {
        return new WindowTotals(0, 0);
    }

    private static void requireRange(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ": " + value);
        }
    }
}
