package io.tradeops.core.csv;

import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records which blocks of a file are scanned, and derives from this on which line the next block starts. Blocks may be
 * completed in any order. A thread that needs the line numbers of a block waits for the blocks before it. Thread-safe.
 */
final class BlockLedger {

    /** The numbers of lines of completed blocks that follow one that is not complete. */
    private final Map<Long, Long> linesAhead = new HashMap<>();

    private long nextBlock;
    private long taken;
    private long bytesDone;
    private long line;
    private boolean stopped;
    private @Nullable Throwable failure;

    BlockLedger(long firstLine) {
        line = firstLine;
    }

    /** The number of the next block that no thread has taken. */
    synchronized long take() {
        return taken++;
    }

    /** Adds bytes to those that are scanned, and returns their number. */
    synchronized long addBytes(long bytes) {
        bytesDone += bytes;
        return bytesDone;
    }

    /** Waits until all blocks before this one are complete. Returns its first line; less than 0 if the scan stopped. */
    synchronized long awaitFirstLine(long block) throws InterruptedIOException {
        try {
            while (nextBlock != block && !stopped) {
                wait();
            }
            return stopped ? -1 : line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the analysis was interrupted");
        }
    }

    synchronized void complete(long block, long lines) {
        linesAhead.put(block, lines);
        for (Long next = linesAhead.remove(nextBlock); next != null; next = linesAhead.remove(nextBlock)) {
            line += next;
            nextBlock++;
        }
        notifyAll();
    }

    /** Stops all threads, because the blocks cannot be scanned independently. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /** Stops all threads because of an error, which the caller gets. Only the first error is kept. */
    synchronized void fail(Throwable cause) {
        failure = failure == null ? cause : failure;
        stop();
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    synchronized @Nullable Throwable failure() {
        return failure;
    }
}
