package io.tradeops.core.average;

import io.tradeops.core.average.AveragePrice.Edge;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.ExactSum;
import java.time.Duration;

/** The running totals of an open window. Not thread-safe. */
final class WindowTotals {

    private final long start;
    private final long end;
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

    /** @param start the start, in nanoseconds since 1970-01-01T00:00:00Z */
    WindowTotals(long start, long widthNanos) {
        this.start = start;
        this.end = start + widthNanos;
    }

    long start() {
        return start;
    }

    /** Tells whether a time lies in the window. The end is negative if it is after the last nanosecond of a long. */
    boolean contains(long time) {
        return time >= start && (time < end || end < 0);
    }

    void add(long time, long price, long quantity, long seq) {
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

    AveragePrice toAveragePrice(Duration width) {
        return new AveragePrice(
                new TimeWindow(EpochNanos.toInstant(start), width),
                count,
                priceSum.value(),
                quantitySum.value(),
                notionalSum.value(),
                new Edge(firstTime, firstPrice, firstSeq),
                new Edge(lastTime, lastPrice, lastSeq),
                high,
                low);
    }
}
