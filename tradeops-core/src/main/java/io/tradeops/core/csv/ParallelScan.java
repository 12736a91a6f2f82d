package io.tradeops.core.csv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Scans a file's blocks by several threads at once, and makes of it what one thread would. Used once, by one thread.
 */
final class ParallelScan {

    /*
     * A block's rows are those that start in it, and it is taken that every line starts a row. That is wrong only within
     * quotes, and then the block in which the quotes are opened, whose own start is right, does not end with a row. So
     * if every block ends with a row, every block's start was right; and if one doesn't, nothing is lost but time: the
     * result is empty and the caller scans the file from front to back. The same goes for whatever is wrong with the file.
     */

    private static final int TAIL = 4096;

    private final ByteSource source;
    private final int blockBytes;
    private final long from;
    private final long to;
    private final long blocks;
    private final BlockLedger ledger;
    private final RejectCounter rejects;
    private final ProgressMeter progress;
    private final AtomicLong nextBlock = new AtomicLong();
    private final AtomicLong bytesDone;

    /**
     * @param from where the first row starts
     * @param to where the last row ends
     * @param firstLine the first row's line
     */
    ParallelScan(
            ByteSource source,
            int blockBytes,
            long from,
            long to,
            long firstLine,
            RejectCounter rejects,
            ProgressMeter progress) {
        this.blockBytes = blockBytes;
        this.source = source;
        this.from = from;
        this.to = to;
        this.rejects = rejects;
        this.progress = progress;
        blocks = (to - from + blockBytes - 1) / blockBytes;
        ledger = new BlockLedger(firstLine);
        bytesDone = new AtomicLong(from);
    }

    /** The totals of all tickers, unordered; empty if only a scan from front to back can tell. */
    Optional<List<TickerTotals>> run(TradeColumns columns, String givenTicker, int threads) throws IOException {
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(threads, blocks); i++) {
            workers.add(new Worker(columns, givenTicker));
        }
        Thread[] others = workers.stream()
                .skip(1)
                .map(worker -> new Thread(worker, "trade-csv-scan"))
                .toArray(Thread[]::new);
        for (Thread other : others) {
            other.setDaemon(true);
            other.start();
        }
        workers.get(0).run();
        joinAll(others);
        ReadAhead.rethrow(ledger.failure());
        return ledger.isEnded() ? Optional.empty() : merged(workers);
    }

    /** Waits for threads, whatever happens; an interrupt is kept for later. */
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

    private static Optional<List<TickerTotals>> merged(List<Worker> workers) {
        Map<String, TickerTotals> merged = new HashMap<>();
        for (Worker worker : workers) {
            for (TickerTotals totals : worker.scanner.table().totals()) {
                merged.merge(totals.ticker(), totals, TickerTotals::mergeBlocks);
            }
        }
        return merged.size() > TradeCsvAnalyzer.MAX_TICKERS
                ? Optional.empty()
                : Optional.of(List.copyOf(merged.values()));
    }

    /** One thread's part. */
    private final class Worker implements Runnable {

        private final BlockRejects blockRejects = new BlockRejects();
        private final BlockScanner scanner;
        private byte[] bytes = new byte[1 + blockBytes + TAIL + BlockScanner.PADDING];
        private int length;

        Worker(TradeColumns columns, String givenTicker) {
            scanner = new BlockScanner(columns, givenTicker, blockRejects);
        }

        @Override
        public void run() {
            try {
                for (long block = nextBlock.getAndIncrement();
                        block < blocks && !ledger.isEnded();
                        block = nextBlock.getAndIncrement()) {
                    StreamScan.requireNotInterrupted();
                    if (!scan(block)) {
                        ledger.giveUp();
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
            scanner.setLine(0);
            blockRejects.clear();
            if (scanner.scan(block, bytes, first, last, readFrom + last == to) != last) {
                return false;
            }
            if (!blockRejects.isEmpty()) {
                long line = ledger.awaitTurn(block);
                if (line < 0) {
                    return false;
                }
                blockRejects.handOver(rejects, bytes, line);
            }
            progress.tell(bytesDone.addAndGet(end - start));
            ledger.done(block, scanner.line());
            return true;
        }

        /** Where the line after the next line break starts in the array, reading on if need be; less than 0 if there is
         * none in reach. */
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
                if (length > blockBytes + ByteWindow.MAX_ROW || !read(readFrom, Math.min(2L * length, to - readFrom))) {
                    return -1;
                }
            }
        }

        /** Reads until the array holds a number of bytes; false if the file has become shorter. */
        private boolean read(long readFrom, long wanted) throws IOException {
            if (wanted + BlockScanner.PADDING > bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) wanted + BlockScanner.PADDING);
            }
            length += source.read(readFrom + length, bytes, length, (int) wanted - length);
            return length == wanted;
        }
    }
}
