package io.tradeops.core.average;

import io.tradeops.core.average.AveragePrice.Edge;
import io.tradeops.core.codec.BytesReader;
import io.tradeops.core.codec.BytesWriter;
import io.tradeops.core.trade.ExactSum;
import java.math.BigInteger;

/** The running totals of a window. Not thread-safe. */
final class WindowTotals extends WindowBounds {

    /** The fewest bytes that {@link #writeTo} writes: two for each sum, one for each other value. */
    static final int MIN_BYTES = 15;

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

    /** Totals without ticks. */
    WindowTotals(WindowBounds bounds) {
        super(bounds);
    }

    /** Totals of a window that contains no time. */
    WindowTotals() {}

    private WindowTotals(AveragePrice average) {
        super(new WindowBounds(average.window()));
        priceSum.add(average.priceSum());
        quantitySum.add(average.quantitySum());
        notionalSum.add(average.notionalSum());
        count = average.tickCount();
        firstTime = average.first().epochNanos();
        firstSeq = average.first().seq();
        firstPrice = average.first().priceUnits();
        lastTime = average.last().epochNanos();
        lastSeq = average.last().seq();
        lastPrice = average.last().priceUnits();
        high = average.highUnits();
        low = average.lowUnits();
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

    /** @param windows the windows of the averager, one of which is this window */
    AveragePrice toAveragePrice(TimeWindows windows) {
        Edge first = new Edge(firstTime, firstPrice, firstSeq);
        return new AveragePrice(
                windows.containing(first.time()),
                count,
                priceSum.value(),
                quantitySum.value(),
                notionalSum.value(),
                first,
                new Edge(lastTime, lastPrice, lastSeq),
                high,
                low);
    }

    /** Writes the totals of a window with ticks. The time of its first tick tells which window it is. */
    void writeTo(BytesWriter out) {
        out.writeUnsigned(count)
                .writeInteger(priceSum.value())
                .writeInteger(quantitySum.value())
                .writeInteger(notionalSum.value())
                .writeUnsigned(firstTime)
                .writeUnsigned(firstPrice)
                .writeSigned(firstSeq)
                .writeUnsigned(lastTime - firstTime)
                .writeUnsigned(lastPrice)
                .writeSigned(lastSeq)
                .writeUnsigned(high)
                .writeUnsigned(low);
    }

    /** @param windows the windows of the averager */
    static WindowTotals read(BytesReader in, TimeWindows windows) {
        long count = in.readUnsigned();
        BigInteger priceSum = in.readInteger();
        BigInteger quantitySum = in.readInteger();
        BigInteger notionalSum = in.readInteger();
        Edge first = readEdge(in, 0);
        Edge last = readEdge(in, first.epochNanos());
        long high = in.readUnsigned();
        long low = in.readUnsigned();
        try {
            TimeWindow window = windows.containing(first.time());
            return new WindowTotals(
                    new AveragePrice(window, count, priceSum, quantitySum, notionalSum, first, last, high, low));
        } catch (IllegalArgumentException e) {
            throw BytesReader.damaged(e);
        }
    }

    private static Edge readEdge(BytesReader in, long after) {
        long epochNanos = after + in.readUnsigned();
        long priceUnits = in.readUnsigned();
        long seq = in.readSigned();
        try {
            return new Edge(epochNanos, priceUnits, seq);
        } catch (IllegalArgumentException e) {
            throw BytesReader.damaged(e);
        }
    }
}
