package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;

/** Runs one analysis and chooses how to scan the file. For one use by one thread. */
final class FileAnalysis {

    final CsvSettings settings;
    final RejectCounter rejects;
    private long reported;

    FileAnalysis(CsvSettings settings) {
        this.settings = settings;
        rejects = new RejectCounter(settings.rejects);
    }

    /** Analyses a stream, plain or packed. */
    TradeAnalysis ofStream(InputStream in) throws IOException {
        try (InputStream bytes = PlainStream.of(new CountingStream(in, this, 0), settings)) {
            RowSource rows = rows(bytes, true, 1);
            TradeColumns columns = CsvHeader.read(rows, settings);
            if (settings.threads == 1 || rows.isEndOfStream()) {
                return scanSequentially(rows, columns);
            }
            ReadAhead ahead = rows.readAhead();
            try {
                return scanSequentially(rows, columns);
            } finally {
                ahead.close();
            }
        }
    }

    /** Analyses a whole file, plain or packed. */
    TradeAnalysis ofSource(ByteSource source) throws IOException {
        long size = source.size();
        return isPlain(source) ? ofPlainRange(source, 0, size) : ofStream(source.stream(0, size));
    }

    /** Analyses the rows of a plain file that start in a range. */
    TradeAnalysis ofRange(ByteSource source, long from, long to) throws IOException {
        if (!isPlain(source)) {
            throw new TradeCsvException(1, "a range can be read only of a file in UTF-8 that is not packed");
        }
        return ofPlainRange(source, from, to);
    }

    private static boolean isPlain(ByteSource source) throws IOException {
        byte[] beginning = new byte[PlainStream.LONGEST_BEGINNING];
        return PlainStream.isPlain(beginning, source.read(0, beginning, 0, beginning.length));
    }

    private TradeAnalysis ofPlainRange(ByteSource source, long from, long to) throws IOException {
        long size = source.size();
        RowSource header = rows(source.stream(0, size), true, 1);
        TradeColumns columns = CsvHeader.read(header, settings);
        long firstRow = header.position();
        long start = from <= firstRow ? firstRow : source.lineStart(from);
        long end = end(source, to, firstRow);
        long firstLine = from <= firstRow ? header.nextLine() : 1;
        if (settings.threads > 1 && end - start > 2L * settings.blockBytes) {
            Optional<BlockScanner> scanned = ParallelScan.run(this, source, start, end, firstLine, columns);
            if (scanned.isPresent()) {
                return analysis(scanned.get(), columns);
            }
            rejects.restart();
        }
        InputStream part = new CountingStream(source.stream(start, Math.max(start, end)), this, start);
        return scanSequentially(rows(part, false, firstLine), columns);
    }

    /** The end of the last row that starts before {@code to}. */
    private static long end(ByteSource source, long to, long firstRow) throws IOException {
        if (to >= source.size()) {
            return source.size();
        }
        return to <= firstRow ? firstRow : source.lineStart(to);
    }

    private RowSource rows(InputStream bytes, boolean beginsFile, long firstLine) throws IOException {
        return new RowSource(bytes, settings.blockBytes, settings.delimiter, beginsFile, firstLine);
    }

    /** Scans the rows after the header. This is always possible, and only this scan reports errors of the file. */
    private TradeAnalysis scanSequentially(RowSource rows, TradeColumns columns) throws IOException {
        BlockScanner scanner = new BlockScanner(columns, settings, settings.maxTickers);
        long line = rows.nextLine();
        while (!rows.isExhausted()) {
            requireNotInterrupted();
            int at = scanner.scan(0, rows.bytes(), rows.from(), rows.to(), rows.isEndOfStream());
            rejects.addBlock(scanner.rejects(), line);
            line += scanner.lines();
            rows.consumeTo(at);
            if (at < rows.to() || !rows.isEndOfStream()) {
                requireWithinLimits(scanner, line);
                rows.readMore(scanner.row(), line);
            }
        }
        return analysis(scanner, columns);
    }

    /** Reports the progress to the listener. The reported number only grows, also if the analysis restarts. Thread-safe. */
    synchronized void report(long bytesRead) {
        ProgressListener listener = settings.progress;
        if (listener != null && bytesRead > reported) {
            reported = bytesRead;
            listener.onProgress(bytesRead);
        }
    }

    static void requireNotInterrupted() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the analysis was interrupted");
        }
    }

    /** @param line the line of the row at which the scan stopped */
    private static void requireWithinLimits(BlockScanner scanner, long line) throws TradeCsvException {
        if (!scanner.refusal().isEmpty()) {
            throw new TradeCsvException(line, scanner.refusal());
        }
        if (scanner.hasTooManyTickers()) {
            throw new TradeCsvException(
                    line,
                    "more than " + scanner.table().size()
                            + " tickers; the limit is a setting (maxTickers), whose default is at most "
                            + TradeCsvAnalyzer.MAX_TICKERS + " and fits the heap (-Xmx)");
        }
        RowSource.requireLength(scanner.row().length(), scanner.row(), line);
    }

    private TradeAnalysis analysis(BlockScanner scanner, TradeColumns columns) {
        TickerTable table = scanner.table();
        long untimed = columns.timestamp == TradeColumns.NONE ? table.trades() : 0;
        return new TradeAnalysis(table, untimed, scanner.cancelled(), rejects);
    }
}
