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
    static final int MIN_BYTES = 1 + TickerWindow.MIN_BYTES;

    private final Map<String, TickerWindow> tickers = new HashMap<>();

    /** A group without tickers. */
    WindowGroup(WindowBounds bounds) {
        super(bounds);
    }

    /** A group of a window that contains no time. */
    WindowGroup() {}

    @Nullable
    TickerWindow get(String ticker) {
        return tickers.get(ticker);
    }

    TickerWindow add(String ticker) {
        TickerWindow added = new TickerWindow(ticker, new WindowTotals(this));
        tickers.put(ticker, added);
        return added;
    }

    int size() {
        return tickers.size();
    }

    Collection<TickerWindow> tickers() {
        return tickers.values();
    }

    void writeTo(BytesWriter out) {
        out.writeUnsigned(tickers.size());
        for (TickerWindow window : new TreeSet<>(tickers.values())) {
            window.writeTo(out);
        }
    }

    /** @param watermark the averager's watermark */
    static WindowGroup read(BytesReader in, TimeWindows windows, long watermark) {
        int size = in.readCount("tickers", TickerWindow.MIN_BYTES);
        if (size == 0) {
            throw BytesReader.damaged("a window has no ticker");
        }
        TickerWindow first = TickerWindow.read(in, windows, watermark);
        WindowGroup group = new WindowGroup(first.totals());
        group.tickers.put(first.ticker(), first);
        for (int i = 1; i < size; i++) {
            TickerWindow window = TickerWindow.read(in, windows, watermark);
            if (window.totals().start() != group.start() || group.tickers.put(window.ticker(), window) != null) {
                throw BytesReader.damaged("a ticker is in a window twice, or in another window");
            }
        }
        return group;
    }
}
