package io.tradeops.core.average;

import io.tradeops.core.average.AveragePrice.Edge;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.ExactSum;
import io.tradeops.core.trade.FixedDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Averages the ticks of one ticker over tumbling windows of event time. Ticks may come in any order. Not thread-safe.
 *
 * <p>Windows stay open until {@link #close} takes them. A tick for a window that was taken opens it again: what
 * {@code close} then returns is the late part alone, to be {@linkplain AveragePrice#merge merged} with the earlier.
 */
public final class PriceAverager {

    private final Duration width;
    private final long widthNanos;
    private final TreeMap<Long, Totals> open = new TreeMap<>();

    /** An averager without ticks.
     *
     * @throws IllegalArgumentException if the width isn't one of a {@link TimeWindow} */
    public PriceAverager(Duration width) {
        this.width = width;
        this.widthNanos = TimeWindow.widthNanos(width);
    }

    /**
     * Takes a tick.
     *
     * @param epochNanos the tick's time, 0 to {@link EpochNanos#MAX}
     * @param seq orders ticks of the same time
     * @param priceUnits the tick's price, 1 to {@link FixedDecimal#MAX_UNITS}
     * @param quantityUnits the tick's quantity, 1 to {@link FixedDecimal#MAX_UNITS}
     * @throws IllegalArgumentException if one is out of range; the tick is then not taken
     */
    public void add(long epochNanos, long seq, long priceUnits, long quantityUnits) {
        requireRange("epochNanos", epochNanos, 0, EpochNanos.MAX);
        requireRange("priceUnits", priceUnits, 1, FixedDecimal.MAX_UNITS);
        requireRange("quantityUnits", quantityUnits, 1, FixedDecimal.MAX_UNITS);
        open.computeIfAbsent(epochNanos / widthNanos, index -> new Totals())
                .add(epochNanos, seq, priceUnits, quantityUnits);
    }

    /** Takes the windows that end at or before {@code watermark}, in order of time. Windows without ticks are not
     * there. */
    public List<AveragePrice> close(Instant watermark) {
        long ended = EpochNanos.of(watermark) / widthNanos;
        List<AveragePrice> closed = new ArrayList<>();
        var endedWindows = open.headMap(ended);
        endedWindows.forEach((index, totals) ->
                closed.add(totals.toAveragePrice(new TimeWindow(EpochNanos.toInstant(index * widthNanos), width))));
        endedWindows.clear();
        return closed;
    }

    private static void requireRange(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ": " + value);
        }
    }

    /** What one open window's ticks come to so far. */
    private static final class Totals {

        private final ExactSum priceSum = new ExactSum();
        private final ExactSum quantitySum = new ExactSum();
        private final ExactSum notionalSum = new ExactSum();
        private long count;
        private long firstTime;
        private long firstSeq;
        private long firstPrice;
        private long lastTime;
        private long lastSeq;
        private long lastPrice;
        private long high;
        private long low = Long.MAX_VALUE;

        void add(long time, long seq, long price, long quantity) {
            priceSum.add(price);
            quantitySum.add(quantity);
            notionalSum.addProduct(price, quantity);
            if (count == 0 || time < firstTime || (time == firstTime && seq < firstSeq)) {
                firstTime = time;
                firstSeq = seq;
                firstPrice = price;
            }
            if (count == 0 || time > lastTime || (time == lastTime && seq >= lastSeq)) {
                lastTime = time;
                lastSeq = seq;
                lastPrice = price;
            }
            high = Math.max(high, price);
            low = Math.min(low, price);
            count++;
        }

        AveragePrice toAveragePrice(TimeWindow window) {
            return new AveragePrice(
                    window,
                    count,
                    priceSum.value(),
                    quantitySum.value(),
                    notionalSum.value(),
                    new Edge(firstTime, firstSeq, firstPrice),
                    new Edge(lastTime, lastSeq, lastPrice),
                    high,
                    low);
        }
    }
}
