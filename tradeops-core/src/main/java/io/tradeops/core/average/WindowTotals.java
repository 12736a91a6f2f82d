package io.tradeops.core.average;

import io.tradeops.core.average.AveragePrice.Edge;
import io.tradeops.core.codec.BytesReader;
import io.tradeops.core.codec.BytesWriter;
import io.tradeops.core.trade.ExactSum;
import java.math.BigInteger;

/**
 * The running totals of one ticker's ticks in a window, and how many results they had; in the order of results. The
 * ticker is empty in an averager of one ticker. Not thread-safe.
 */
final class WindowTotals extends WindowBounds {

    /** The fewest bytes that {@link #writeTo} writes: two for each sum, one for each other value. */
    static final int MIN_BYTES = 15;

    /** The fewest bytes that {@link #writeWithTicker} writes: a ticker of one character, revision, mark and totals. */
    static final int MIN_BYTES_WITH_TICKER = 4 + MIN_BYTES;

    private final String ticker;

    /** The number of results so far. */
    private int revision;

    /** Whether ticks came after the window was closed that are in no result yet. */
    private boolean awaitsResult;

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
    WindowTotals(WindowBounds bounds, String ticker) {
        super(bounds);
        this.ticker = ticker;
    }

    /** Totals of a window that contains no time. */
    WindowTotals() {
        ticker = "";
    }

    private WindowTotals(AveragePrice average, String ticker) {
        this(new WindowBounds(average.window()), ticker);
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

    @Override
    public int compareTo(WindowBounds other) {
        int byStart = super.compareTo(other);
        return byStart == 0 && other instanceof WindowTotals totals ? ticker.compareTo(totals.ticker) : byStart;
    }

    String ticker() {
        return ticker;
    }

    boolean awaitsResult() {
        return awaitsResult;
    }

    void markAwaitsResult() {
        awaitsResult = true;
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

    TickerAverage nextResult(TimeWindows windows) {
        awaitsResult = false;
        revision++;
        return new TickerAverage(ticker, toAveragePrice(windows), revision);
    }

    void writeWithTicker(BytesWriter out) {
        out.writeText(ticker).writeUnsigned(revision).writeBoolean(awaitsResult);
        writeTo(out);
    }

    /** @param watermark the averager's watermark; a window that ends after it has had no result and awaits none */
    static WindowTotals readWithTicker(BytesReader in, TimeWindows windows, long watermark) {
        String ticker = TickValues.requireReadTicker(in.readText());
        int revision = (int) in.readUnsigned("revision", 0, Integer.MAX_VALUE - 1);
        boolean awaitsResult = in.readBoolean();
        WindowTotals read = read(in, windows, ticker);
        boolean isClosed = read.end() <= watermark;
        if (isClosed != (revision > 0 || awaitsResult)) {
            throw BytesReader.damaged("an open window has a result, or a closed one has none");
        }
        read.revision = revision;
        read.awaitsResult = awaitsResult;
        return read;
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
    static WindowTotals read(BytesReader in, TimeWindows windows, String ticker) {
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
                    new AveragePrice(window, count, priceSum, quantitySum, notionalSum, first, last, high, low),
                    ticker);
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
