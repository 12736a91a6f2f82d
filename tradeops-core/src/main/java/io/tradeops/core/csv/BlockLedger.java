package io.tradeops.core.csv;

import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which blocks of a file are done, and so, on which line the next one starts. A block may be done before those in front of
 * it; what needs line numbers waits its turn. Thread-safe.
 */
final class BlockLedger {

    private final Map<Long, Long> linesAhead = new HashMap<>();
    private long turn;
    private long line;
    private boolean ended;
    private @Nullable Throwable failure;

    BlockLedger(long firstLine) {
        line = firstLine;
    }

    /** Waits until every block before this one is done: then the number of its first line; less than 0 if it never
     * will be. */
    synchronized long awaitTurn(long block) throws InterruptedIOException {
        try {
            while (turn != block && !ended) {
                wait();
            }
            return ended ? -1 : line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the analysis was interrupted");
        }
    }

    synchronized void done(long block, long lines) {
        linesAhead.put(block, lines);
        for (Long next = linesAhead.remove(turn); next != null; next = linesAhead.remove(turn)) {
            line += next;
            turn++;
        }
        notifyAll();
    }

    /** The blocks can't be read apart: nobody goes on. */
    synchronized void giveUp() {
        ended = true;
        notifyAll();
    }

    /** Something went wrong that the caller must know: nobody goes on. */
    synchronized void fail(Throwable cause) {
        failure = failure == null ? cause : failure;
        giveUp();
    }

    synchronized boolean isEnded() {
        return ended;
    }

    synchronized @Nullable Throwable failure() {
        return failure;
    }
}
