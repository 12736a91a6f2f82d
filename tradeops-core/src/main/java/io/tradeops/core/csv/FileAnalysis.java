package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Runs one analysis and chooses how to scan the file. For one use by one thread. */
final class FileAnalysis {

    private final CsvSettings settings;
    private final int threads;
    private final int maxTickers;
    private final int blockBytes;
    private final ProgressMeter progress;
    private final RejectCounter rejects;

    FileAnalysis(CsvSettings settings, int threads, int maxTickers, int blockBytes, ProgressListener listener) {
        this.blockBytes = blockBytes;
        this.settings = settings;
        this.threads = threads;
        this.maxTickers = maxTickers;
        progress = new ProgressMeter(listener);
        rejects = new RejectCounter(settings.rejects());
    }

    /** Analyses a stream, plain or packed. */
    TradeAnalysis ofStream(InputStream in) throws IOException {
        try (InputStream bytes = PlainStream.of(new CountingStream(in, progress, 0), settings.limits())) {
            RowSource rows = new RowSource(bytes, blockBytes, settings.delimiter());
            TradeColumns columns = CsvHeader.read(rows, settings);
            if (threads == 1 || rows.window().isEndOfStream()) {
                return scanSequentially(rows, columns);
            }
            ReadAhead ahead = rows.window().readAhead();
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
        byte[] beginning = new byte[FileFormat.LONGEST];
        return PlainStream.isPlain(beginning, source.read(0, beginning, 0, beginning.length));
    }

    private TradeAnalysis ofPlainRange(ByteSource source, long from, long to) throws IOException {
        long size = source.size();
        RowSource header = new RowSource(source.stream(0, size), blockBytes, settings.delimiter());
        TradeColumns columns = CsvHeader.read(header, settings);
        long firstRow = header.window().position();
        long start = from <= firstRow ? firstRow : source.lineStart(from);
        long end = end(source, to, firstRow);
        long firstLine = from <= firstRow ? header.nextLine() : 1;
        if (threads > 1 && end - start > 2L * blockBytes) {
            Optional<ScannedRows> scanned = new ParallelScan(
                            source, blockBytes, start, end, firstLine, rejects, progress)
                    .run(columns, settings, threads, maxTickers);
            if (scanned.isPresent()) {
                return analysis(scanned.get(), columns);
            }
            rejects.restart();
        }
        InputStream part = new CountingStream(source.stream(start, Math.max(start, end)), progress, start);
        return scanSequentially(new RowSource(part, blockBytes, settings.delimiter(), firstLine), columns);
    }

    /** The end of the last row that starts before {@code to}. */
    private static long end(ByteSource source, long to, long firstRow) throws IOException {
        if (to >= source.size()) {
            return source.size();
        }
        return to <= firstRow ? firstRow : source.lineStart(to);
    }

    private TradeAnalysis scanSequentially(RowSource rows, TradeColumns columns) throws IOException {
        BlockScanner scanner = new BlockScanner(columns, settings, rejects, maxTickers);
        new StreamScan(rows, scanner).run();
        return analysis(new ScannedRows(scanner.table(), scanner.cancelled()), columns);
    }

    private TradeAnalysis analysis(ScannedRows scanned, TradeColumns columns) {
        long rows = scanned.table().trades();
        long untimed = columns.timestamp() == TradeColumns.NONE ? rows : 0;
        return new TradeAnalysis(
                scanned.table(), rows, untimed, scanned.cancelled(), rejects.counts(), rejects.firstLines());
    }
}
