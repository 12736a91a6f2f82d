package io.tradeops.core.csv;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reports to a meter how many bytes of a stream were read. Not thread-safe. */
final class CountingStream extends FilterInputStream {

    private static final long STEP = 1 << 20;

    private final ProgressMeter progress;
    private long count;
    private long reported;

    /** @param before the number of bytes that count as read before the stream */
    CountingStream(InputStream in, ProgressMeter progress, long before) {
        super(in);
        this.progress = progress;
        count = before;
        reported = before;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? -1 : 1);
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        count(read);
        return read;
    }

    private void count(int read) {
        count += Math.max(read, 0);
        if (read < 0 || count - reported >= STEP) {
            reported = count;
            progress.report(count);
        }
    }
}
