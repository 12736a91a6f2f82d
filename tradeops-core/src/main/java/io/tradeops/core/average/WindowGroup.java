package io.tradeops.core.average;

import io.tradeops.core.codec.BytesReader;
import io.tradeops.core.codec.BytesWriter;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All tickers with ticks in one window. Not thread-safe. */
final class WindowGroup extends WindowBounds {

    /** The fewest bytes that {@link #writeTo} writes: a number of tickers, and one ticker. */
    static final int MIN_BYTES = 1 + WindowTotals.MIN_BYTES_WITH_TICKER;

    private final Map<String, WindowTotals> tickers = new HashMap<>();

    /** A group without tickers. */
    WindowGroup(WindowBounds bounds) {
        super(bounds);
    }

    /** A group of a window that contains no time. */
    WindowGroup() {}

    @Nullable
    WindowTotals get(String ticker) {
        return tickers.get(ticker);
    }

    WindowTotals add(String ticker) {
        WindowTotals added = new WindowTotals(this, ticker);
        tickers.put(ticker, added);
        return added;
    }

    int size() {
        return tickers.size();
    }

    Collection<WindowTotals> tickers() {
        return tickers.values();
    }

    void writeTo(BytesWriter out) {
        out.writeUnsigned(tickers.size());
        for (WindowTotals window : new TreeSet<>(tickers.values())) {
            window.writeWithTicker(out);
        }
    }

    /** @param watermark the averager's watermark */
    static WindowGroup read(BytesReader in, TimeWindows windows, long watermark) {
        int size = in.readCount("tickers", WindowTotals.MIN_BYTES_WITH_TICKER);
        if (size == 0) {
            throw BytesReader.damaged("a window has no ticker");
        }
        WindowTotals first = WindowTotals.readWithTicker(in, windows, watermark);
        WindowGroup group = new WindowGroup(first);
        group.tickers.put(first.ticker(), first);
        for (int i = 1; i < size; i++) {
            WindowTotals window = WindowTotals.readWithTicker(in, windows, watermark);
            if (window.start() != group.start() || group.tickers.put(window.ticker(), window) != null) {
                throw BytesReader.damaged("a ticker is in a window twice, or in another window");
            }
        }
        return group;
    }
}
