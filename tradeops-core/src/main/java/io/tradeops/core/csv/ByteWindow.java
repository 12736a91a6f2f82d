package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The part of a stream that is in memory: what is not used up yet, and one block more each time it is asked. Not
 * thread-safe.
 */
final class ByteWindow {

    /** The longest row, in bytes without its line break. */
    static final int MAX_ROW = 1 << 20;

    /** How much is read at once: with the tickers' totals it fits into a core's second-level cache. */
    static final int BLOCK = 256 * 1024;

    private final int block;
    private InputStream in;
    private long position;
    private byte[] bytes;
    private int from;
    private int to;
    private boolean last;
    private GzipStream.@Nullable BadGzipException failure;

    /** @param block how many bytes are read at once, at least 3
     * @param beginsFile whether a byte order mark may come first
     * @param line the first line's number */
    ByteWindow(InputStream in, int block, boolean beginsFile, long line) throws IOException {
        this.in = in;
        this.block = block;
        bytes = new byte[block + BlockScanner.PADDING];
        fill(line);
        from = beginsFile ? startAfterMark(bytes, to) : 0;
    }

    /** Lets a thread of its own read from now on what the stream still has. */
    ReadAhead readAhead() {
        ReadAhead ahead = new ReadAhead(in);
        in = ahead;
        return ahead;
    }

    /** How many of the stream's bytes are given up. */
    long position() {
        return position + from;
    }

    /** Where the text starts that may start with a byte order mark. */
    private static int startAfterMark(byte[] bytes, int to) {
        boolean mark = to >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
        return mark ? 3 : 0;
    }

    /** The window's array, longer than {@link #to} by {@link BlockScanner#PADDING}; another after {@link #more}. */
    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Whether the stream ends where the window does. */
    boolean isLast() {
        return last;
    }

    boolean isAtEnd() {
        return last && from == to;
    }

    /** Gives up what lies before a place. */
    void advance(int newFrom) {
        from = newFrom;
    }

    /** Reads a block more, keeping what is not given up: the row that starts on {@code line}, which is not complete.
     *
     * @param row the row so far */
    void more(CsvRow row, long line) throws IOException {
        if (last) {
            throw new TradeCsvException(line, "a quote is opened in this row and never closed");
        }
        requireLength(to - from - 1, row, line);
        System.arraycopy(bytes, from, bytes, 0, to - from);
        position += from;
        to -= from;
        from = 0;
        int needed = to + block + BlockScanner.PADDING;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
        }
        fill(line);
    }

    static void requireLength(int length, CsvRow row, long line) throws TradeCsvException {
        if (length > MAX_ROW) {
            String hint = row.isQuoteOpen() ? "; is a quote not closed?" : "";
            throw new TradeCsvException(line, "the row is longer than " + MAX_ROW + " bytes" + hint);
        }
    }

    private void fill(long line) throws IOException {
        requireSound(line);
        int start = to;
        int limit = Math.min(start + block, bytes.length - BlockScanner.PADDING);
        try {
            while (to < limit) {
                int count = in.read(bytes, to, limit - to);
                if (count < 0) {
                    last = true;
                    return;
                }
                to += count;
            }
        } catch (GzipStream.BadGzipException e) {
            failure = e;
            if (to == start) {
                requireSound(line);
            }
        }
    }

    /** What was inflated before the damage is read first, so that the damage has a line. */
    private void requireSound(long line) throws TradeCsvException {
        if (failure != null) {
            throw new TradeCsvException(line, failure.problem());
        }
    }
}
