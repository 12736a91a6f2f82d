package io.tradeops.core.csv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One of the threads that scan the blocks of a file. The result of all of them equals that of one thread. For one use.
 */
final class ParallelScan implements Runnable {

    /*
     * The rows of a block are those that start in it. The scan assumes that every line starts a row. This is wrong only
     * within quotes. The block in which such quotes open has a correct start, but does not end at the end of a row. So
     * if every block ends at the end of a row, the start of every block is correct. If one does not, only time is lost:
     * the result is empty, and the caller scans the file sequentially. The same applies to every error of the file, and
     * to a thread that has more than its share of the tickers, so that all threads together take no more memory than one.
     */

    private static final int TAIL = 4096;

    /** So many tickers a thread may have, whatever its share is. */
    private static final int MIN_TICKERS = 4096;

    private final FileAnalysis analysis;
    private final ByteSource source;
    private final int blockBytes;
    private final long from;
    private final long to;
    private final BlockLedger ledger;
    private final BlockScanner scanner;
    private byte[] bytes;
    private int length;

    private ParallelScan(
            FileAnalysis analysis, ByteSource source, long from, long to, BlockLedger ledger, BlockScanner scanner) {
        this.analysis = analysis;
        this.source = source;
        this.from = from;
        this.to = to;
        this.ledger = ledger;
        this.scanner = scanner;
        blockBytes = analysis.settings.blockBytes;
        bytes = new byte[1 + blockBytes + TAIL + BlockScanner.PADDING];
    }

    /**
     * Scans rows in several threads.
     *
     * @param from the start of the first row
     * @param to the end of the last row
     * @param firstLine the line of the first row
     * @return a scanner that has the sums of the rows; empty if they must be scanned sequentially
     */
    static Optional<BlockScanner> run(
            FileAnalysis analysis, ByteSource source, long from, long to, long firstLine, TradeColumns columns)
            throws IOException {
        CsvSettings settings = analysis.settings;
        int maxTickers = settings.maxTickers;
        int share = Math.min(maxTickers, Math.max(maxTickers / settings.threads, MIN_TICKERS));
        long blocks = (to - from + settings.blockBytes - 1) / settings.blockBytes;
        BlockLedger ledger = new BlockLedger(firstLine);
        List<ParallelScan> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(settings.threads, blocks); i++) {
            BlockScanner scanner = new BlockScanner(columns, settings, share);
            workers.add(new ParallelScan(analysis, source, from, to, ledger, scanner));
        }
        Thread[] others = new Thread[workers.size() - 1];
        for (int i = 0; i < others.length; i++) {
            others[i] = new Thread(workers.get(i + 1), "trade-csv-scan");
            others[i].setDaemon(true);
            others[i].start();
        }
        workers.get(0).run();
        joinAll(others);
        ReadAhead.rethrow(ledger.failure());
        if (ledger.isStopped()) {
            return Optional.empty();
        }
        BlockScanner merged = workers.get(0).scanner;
        for (ParallelScan worker : workers.subList(1, workers.size())) {
            merged.addBlocks(worker.scanner);
        }
        return merged.table().size() > maxTickers ? Optional.empty() : Optional.of(merged);
    }

    /** Waits for threads to end. If the caller is interrupted meanwhile, its interrupt status is set at the end. */
    static void joinAll(Thread... threads) {
        boolean interrupted = false;
        for (int i = 0; i < threads.length; ) {
            try {
                threads[i].join();
                i++;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            for (long block = ledger.take();
                    block * blockBytes < to - from && !ledger.isStopped();
                    block = ledger.take()) {
                FileAnalysis.requireNotInterrupted();
                if (!scan(block)) {
                    ledger.stop();
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            ledger.fail(e);
        }
    }

    private boolean scan(long block) throws IOException {
        long start = from + block * blockBytes;
        long end = Math.min(start + blockBytes, to);
        long readFrom = Math.max(start - 1, from);
        length = 0;
        if (!read(readFrom, Math.min(end + TAIL, to) - readFrom)) {
            return false;
        }
        int first = block == 0 ? 0 : lineStart(readFrom, 0);
        int last = end == to ? length : lineStart(readFrom, (int) (end - 1 - readFrom));
        if (first < 0 || last < 0) {
            return false;
        }
        if (scanner.scan(block, bytes, first, last, readFrom + last == to) != last) {
            return false;
        }
        if (!scanner.rejects().isEmpty()) {
            long line = ledger.awaitFirstLine(block);
            if (line < 0) {
                return false;
            }
            analysis.rejects.addBlock(scanner.rejects(), line);
        }
        analysis.report(from + ledger.addBytes(end - start));
        ledger.complete(block, scanner.lines());
        return true;
    }

    /**
     * The index in the array after the next line break. Reads more bytes if necessary. Less than 0 if there is no
     * line break within the longest row.
     */
    private int lineStart(long readFrom, int at) throws IOException {
        int next = at;
        while (true) {
            for (; next < length; next++) {
                if (bytes[next] == '\n') {
                    return next + 1;
                }
            }
            if (readFrom + length == to) {
                return length;
            }
            if (length > blockBytes + RowSource.MAX_ROW || !read(readFrom, Math.min(2L * length, to - readFrom))) {
                return -1;
            }
        }
    }

    /** Reads until the array holds the wanted number of bytes; false if the file has become shorter. */
    private boolean read(long readFrom, long wanted) throws IOException {
        if (wanted + BlockScanner.PADDING > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) wanted + BlockScanner.PADDING);
        }
        length += source.read(readFrom + length, bytes, length, (int) wanted - length);
        return length == wanted;
    }
}
