package io.tradeops.core.average;

import io.tradeops.core.codec.BytesReader;
import io.tradeops.core.codec.BytesWriter;

/** One ticker's totals of a window, and how many results they had; in the order of results. Not thread-safe. */
final class TickerWindow implements Comparable<TickerWindow> {

    /** The fewest bytes that {@link #writeTo} writes: a ticker of one character, revision, mark and totals. */
    static final int MIN_BYTES = 4 + WindowTotals.MIN_BYTES;

    private final String ticker;
    private final WindowTotals totals;

    /** The number of results so far. */
    private int revision;

    /** Whether ticks came after the window was closed that are in no result yet. */
    private boolean awaitsResult;

    TickerWindow(String ticker, WindowTotals totals) {
        this.ticker = ticker;
        this.totals = totals;
    }

    @Override
    public int compareTo(TickerWindow other) {
        int byStart = totals.compareTo(other.totals);
        return byStart == 0 ? ticker.compareTo(other.ticker) : byStart;
    }

    String ticker() {
        return ticker;
    }

    WindowTotals totals() {
        return totals;
    }

    boolean awaitsResult() {
        return awaitsResult;
    }

    void markAwaitsResult() {
        awaitsResult = true;
    }

    TickerAverage nextResult(TimeWindows windows) {
        awaitsResult = false;
        revision++;
        return new TickerAverage(ticker, totals.toAveragePrice(windows), revision);
    }

    void writeTo(BytesWriter out) {
        out.writeText(ticker).writeUnsigned(revision).writeBoolean(awaitsResult);
        totals.writeTo(out);
    }

    /** @param watermark the averager's watermark; a window that ends after it has had no result and awaits none */
    static TickerWindow read(BytesReader in, TimeWindows windows, long watermark) {
        String ticker = TickRange.requireReadTicker(in.readText());
        int revision = (int) in.readUnsigned("revision", 0, Integer.MAX_VALUE - 1);
        boolean awaitsResult = in.readBoolean();
        TickerWindow read = new TickerWindow(ticker, WindowTotals.read(in, windows));
        boolean isClosed = read.totals.end() <= watermark;
        if (isClosed != (revision > 0 || awaitsResult)) {
            throw BytesReader.damaged("an open window has a result, or a closed one has none");
        }
        read.revision = revision;
        read.awaitsResult = awaitsResult;
        return read;
    }
}
