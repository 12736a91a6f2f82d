package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InterruptedIOException;

/**
 * Scans a file sequentially. This is always possible, and only this scan reports errors of the file. Not thread-safe.
 */
final class StreamScan {

    private final RowSource source;
    private final BlockScanner scanner;

    /** @param source the rows after the header */
    StreamScan(RowSource source, BlockScanner scanner) {
        this.source = source;
        this.scanner = scanner;
    }

    void run() throws IOException {
        ByteWindow window = source.window();
        scanner.setLine(source.nextLine());
        while (!window.isExhausted()) {
            requireNotInterrupted();
            int at = scanner.scan(0, window.bytes(), window.from(), window.to(), window.isEndOfStream());
            window.consumeTo(at);
            if (at < window.to() || !window.isEndOfStream()) {
                requireWithinLimits();
                window.readMore(scanner.row(), scanner.line());
            }
        }
    }

    static void requireNotInterrupted() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the analysis was interrupted");
        }
    }

    private void requireWithinLimits() throws TradeCsvException {
        if (!scanner.refusal().isEmpty()) {
            throw new TradeCsvException(scanner.line(), scanner.refusal());
        }
        if (scanner.hasTooManyTickers()) {
            throw new TradeCsvException(
                    scanner.line(),
                    "more than " + scanner.table().size()
                            + " tickers; the limit is a setting (maxTickers), whose default" + " is at most "
                            + TradeCsvAnalyzer.MAX_TICKERS + " and fits the heap (-Xmx)");
        }
        ByteWindow.requireLength(scanner.row().length(), scanner.row(), scanner.line());
    }
}
