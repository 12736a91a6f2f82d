package io.tradeops.app.trade;

import io.tradeops.app.rest.BodyReader;
import io.tradeops.app.rest.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * A body that takes a permit for each of its bytes as it arrives, from a pool that all bodies share. {@link #close}
 * returns the permits. The first {@value #UNCOUNTED} bytes need none. So a client that sends nothing uses nothing, and
 * a small body finds room beside large ones that never end. Not thread-safe.
 */
final class CountedBody extends FilterInputStream {

    private static final int UNCOUNTED = 256 * 1024;

    private final Semaphore free;
    private int uncountedLeft = UNCOUNTED;
    private int taken;

    /** A body that takes one permit of {@code free} per byte; without a free one, reading fails with a 503. */
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
        int count = Math.max(0, read - uncountedLeft);
        uncountedLeft -= read - count;
        if (!free.tryAcquire(count)) {
            close(); // other bodies may use the memory while the rest of this one arrives
            BodyReader.skipRest(in);
            throw ProblemException.busy("too many batches are being sent; try again");
        }
        taken += count;
    }
}
