package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream some blocks ahead in a separate thread, so that inflating and summing run in parallel. Closing it ends
 * the thread and leaves the underlying stream open. For one reader. Only the separate thread uses the underlying
 * stream.
 */
final class ReadAhead extends BlockInputStream {

    private static final int CHUNKS = 3;

    private final InputStream in;
    private final BlockingQueue<Chunk> full = new ArrayBlockingQueue<>(CHUNKS);
    private final BlockingQueue<Chunk> empty = new ArrayBlockingQueue<>(CHUNKS);
    private final Thread thread = new Thread(this::fillChunks, "trade-csv-read-ahead");
    private Chunk current = new Chunk();
    private int from;

    /** A piece of the stream. The last one may be shorter; after it the stream ended or failed. */
    private static final class Chunk {
        private final byte[] bytes = new byte[RowSource.BLOCK];
        private int length;
        private boolean last;
        private @Nullable Throwable failure;
    }

    ReadAhead(InputStream in) {
        this.in = in;
        for (int i = 1; i < CHUNKS; i++) {
            empty.add(new Chunk());
        }
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (from == current.length && length > 0) {
            if (current.last) {
                rethrow(current.failure);
                return -1;
            }
            nextChunk();
        }
        int count = Math.min(length, current.length - from);
        System.arraycopy(current.bytes, from, target, offset, count);
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

    private void fillChunks() {
        try {
            boolean last = false;
            while (!last) {
                Chunk chunk = empty.take();
                fill(chunk);
                last = chunk.last;
                full.put(chunk);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fill(Chunk chunk) {
        chunk.length = 0;
        try {
            while (chunk.length < chunk.bytes.length && !chunk.last) {
                int count = in.read(chunk.bytes, chunk.length, chunk.bytes.length - chunk.length);
                chunk.last = count < 0;
                chunk.length += Math.max(count, 0);
            }
        } catch (IOException | RuntimeException | Error e) {
            chunk.last = true;
            chunk.failure = e;
        }
    }
}
