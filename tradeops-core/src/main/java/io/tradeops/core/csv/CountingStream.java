package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes that are read from a stream, and reports the number to an analysis. Closing it leaves the stream open.
 * Not thread-safe.
 */
final class CountingStream extends BlockInputStream {

    private static final long STEP = 1 << 20;

    private final InputStream in;
    private final @Nullable FileAnalysis analysis;
    private long count;
    private long reported;

    /** Counts without a report. */
    CountingStream(InputStream in) {
        this(in, null, 0);
    }

    /** @param before the number of bytes that count as read before the stream */
    CountingStream(InputStream in, @Nullable FileAnalysis analysis, long before) {
        this.in = in;
        this.analysis = analysis;
        count = before;
        reported = before;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        count += Math.max(read, 0);
        if (analysis != null && (read < 0 || count - reported >= STEP)) {
            reported = count;
            analysis.report(count);
        }
        return read;
    }

    /** The number of bytes read so far. */
    long count() {
        return count;
    }
}
