package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Runs one analysis and chooses how to scan the file. For one use by one thread. */
final class FileAnalysis {

    private final CsvSettings settings;
    private final int threads;
    private final int blockBytes;
    private final ProgressMeter progress;
    private final RejectCounter rejects;

    FileAnalysis(CsvSettings settings, int threads, int blockBytes, ProgressListener listener) {
        this.blockBytes = blockBytes;
        this.settings = settings;
        this.threads = threads;
        progress = new ProgressMeter(listener);
        rejects = new RejectCounter(settings.rejects());
    }

    /** Analyses a stream, plain or gzip. */
    TradeAnalysis ofStream(InputStream in) throws IOException {
        try (InputStream bytes = InflatedStream.inflated(new CountingStream(in, progress, 0))) {
            RowSource rows = new RowSource(bytes, blockBytes);
            TradeColumns columns = settings.columnsOf(rows);
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

    /** Analyses a whole file, plain or gzip. */
    TradeAnalysis ofSource(ByteSource source) throws IOException {
        byte[] magic = new byte[2];
        long size = source.size();
        boolean gzip = source.read(0, magic, 0, 2) == 2 && GzipStream.isMagic(magic[0] & 0xff, magic[1] & 0xff);
        return gzip ? ofStream(source.stream(0, size)) : ofRange(source, 0, size);
    }

    /** Analyses the rows of a plain file that start in a range. */
    TradeAnalysis ofRange(ByteSource source, long from, long to) throws IOException {
        long size = source.size();
        RowSource header = new RowSource(source.stream(0, size), blockBytes);
        TradeColumns columns = settings.columnsOf(header);
        long afterHeader = header.window().position();
        long start = from <= afterHeader ? afterHeader : source.lineStart(from);
        long end = to >= size ? size : Math.max(start, source.lineStart(to));
        long firstLine = from <= afterHeader ? header.nextLine() : 1;
        if (threads > 1 && end - start > 2L * blockBytes) {
            Optional<List<TickerTotals>> totals = new ParallelScan(
                            source, blockBytes, start, end, firstLine, rejects, progress)
                    .run(columns, settings.ticker(), threads);
            if (totals.isPresent()) {
                return analysis(totals.get());
            }
            rejects.restart();
        }
        InputStream part = new CountingStream(source.stream(start, end), progress, start);
        return scanSequentially(new RowSource(part, blockBytes, firstLine), columns);
    }

    private TradeAnalysis scanSequentially(RowSource rows, TradeColumns columns) throws IOException {
        BlockScanner scanner = new BlockScanner(columns, settings.ticker(), rejects);
        new StreamScan(rows, scanner).run();
        return analysis(scanner.table().totals());
    }

    private TradeAnalysis analysis(List<TickerTotals> totals) {
        long rows = totals.stream().mapToLong(TickerTotals::count).sum();
        return new TradeAnalysis(rows, rejects.counts(), TradeAnalysis.sorted(totals));
    }
}
