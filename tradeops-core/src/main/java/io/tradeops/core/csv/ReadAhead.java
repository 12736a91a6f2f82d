package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream some blocks ahead in a separate thread, so that inflating and summing run in parallel. Closing it ends
 * the thread and leaves the underlying stream open. For one reader. Only the separate thread uses the underlying
 * stream.
 */
final class ReadAhead extends BlockInputStream implements Runnable {

    private static final int CHUNKS = 3;

    /** The chunk after the last one. */
    private static final byte[] END = {};

    private final InputStream in;
    private final BlockingQueue<byte[]> full = new ArrayBlockingQueue<>(CHUNKS);
    private final BlockingQueue<byte[]> empty = new ArrayBlockingQueue<>(CHUNKS);
    private final Thread thread = new Thread(this, "trade-csv-read-ahead");
    private byte[] current = new byte[RowSource.BLOCK];
    private int from = current.length;

    /** Why the stream ended; written before {@link #END} is put into the queue. */
    private @Nullable Throwable failure;

    ReadAhead(InputStream in) {
        this.in = in;
        for (int i = 1; i < CHUNKS; i++) {
            empty.add(new byte[RowSource.BLOCK]);
        }
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (from == current.length && current != END && length > 0) {
            nextChunk();
        }
        if (current == END && length > 0) {
            rethrow(failure);
            return -1;
        }
        int count = Math.min(length, current.length - from);
        System.arraycopy(current, from, target, offset, count);
        from += count;
        return count;
    }

    @Override
    public void close() {
        thread.interrupt();
        ParallelScan.joinAll(thread);
    }

    static void rethrow(@Nullable Throwable failure) throws IOException {
        if (failure instanceof IOException io) {
            throw io;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }

    private void nextChunk() throws IOException {
        try {
            empty.put(current);
            current = full.take();
            from = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the analysis was interrupted");
        }
    }

    /** Reads the stream to its end. */
    @Override
    public void run() {
        try {
            int length = RowSource.BLOCK;
            while (length == RowSource.BLOCK) {
                byte[] chunk = empty.take();
                length = fill(chunk);
                if (length > 0) {
                    full.put(length == chunk.length ? chunk : Arrays.copyOf(chunk, length));
                }
            }
            full.put(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Fills a chunk. Returns the number of bytes, which is less than its length if the stream has ended or failed. */
    private int fill(byte[] chunk) {
        int length = 0;
        try {
            int count = 0;
            while (length < chunk.length && count >= 0) {
                count = in.read(chunk, length, chunk.length - length);
                length += Math.max(count, 0);
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
        return length;
    }
}
