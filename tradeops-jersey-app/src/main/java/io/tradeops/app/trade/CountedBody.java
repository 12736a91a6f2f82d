package io.tradeops.app.trade;

import io.tradeops.app.rest.BodyReader;
import io.tradeops.app.rest.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * A body whose bytes beyond the first {@value #UNCOUNTED} take, as they arrive, from what all bodies may have in memory;
 * closing it gives them back. So whoever sends nothing takes nothing, and a small body finds room beside large ones that
 * don't come to their ends. Used by one thread.
 */
final class CountedBody extends FilterInputStream {

    private static final int UNCOUNTED = 256 * 1024;

    private final Semaphore free;
    private int uncounted = UNCOUNTED;
    private int taken;

    /** Takes from {@code free}, which counts bytes. */
    CountedBody(InputStream body, Semaphore free) {
        super(body);
        this.free = free;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        take(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        take(Math.max(0, count));
        return count;
    }

    @Override
    public void close() {
        free.release(taken);
        taken = 0;
    }

    private void take(int read) throws IOException {
        int count = Math.max(0, read - uncounted);
        uncounted -= read - count;
        if (!free.tryAcquire(count)) {
            close(); // what is free is for the others while the rest arrives
            BodyReader.skipRest(in);
            throw ProblemException.busy("too many batches are being sent; try again");
        }
        taken += count;
    }
}
