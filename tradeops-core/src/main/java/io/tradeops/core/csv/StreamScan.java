package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InterruptedIOException;

/**
 * Scans a file from front to back: the way that is always possible, and the one that says what is wrong with a file. Not
 * thread-safe.
 */
final class StreamScan {

    private final RowSource source;
    private final BlockScanner scanner;

    /** @param source after the header */
    StreamScan(RowSource source, BlockScanner scanner) {
        this.source = source;
        this.scanner = scanner;
    }

    void run() throws IOException {
        ByteWindow window = source.window();
        scanner.setLine(source.nextLine());
        while (!window.isAtEnd()) {
            requireNotInterrupted();
            int at = scanner.scan(0, window.bytes(), window.from(), window.to(), window.isLast());
            window.advance(at);
            if (at < window.to() || !window.isLast()) {
                requireSound();
                window.more(scanner.row(), scanner.line());
            }
        }
    }

    static void requireNotInterrupted() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the analysis was interrupted");
        }
    }

    private void requireSound() throws TradeCsvException {
        if (scanner.hasTooManyTickers()) {
            throw new TradeCsvException(scanner.line(), "more than " + TradeCsvAnalyzer.MAX_TICKERS + " tickers");
        }
        ByteWindow.requireLength(scanner.row().length(), scanner.row(), scanner.line());
    }
}
