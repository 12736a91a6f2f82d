package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The part of a stream that is in memory. It holds the bytes that are not consumed yet; {@link #readMore} adds a block.
 * Not thread-safe.
 */
final class ByteWindow {

    /** The length of the longest row, in bytes without its line break. */
    static final int MAX_ROW = 1 << 20;

    /** The number of bytes read at once. Together with the tickers' totals it fits into a core's second-level cache. */
    static final int BLOCK = 256 * 1024;

    private final int block;
    private InputStream in;
    private long position;
    private byte[] bytes;
    private int from;
    private int to;
    private boolean endOfStream;
    private @Nullable DamagedFileException failure;

    /**
     * @param block the number of bytes to read at once, at least 3
     * @param beginsFile whether the stream may start with a byte order mark
     * @param line the number of the first line
     */
    ByteWindow(InputStream in, int block, boolean beginsFile, long line) throws IOException {
        this.in = in;
        this.block = block;
        bytes = new byte[block + BlockScanner.PADDING];
        fill(line);
        from = beginsFile ? startAfterMark(bytes, to) : 0;
    }

    /** Starts a thread that reads the rest of the stream ahead. */
    ReadAhead readAhead() {
        ReadAhead ahead = new ReadAhead(in);
        in = ahead;
        return ahead;
    }

    /** The number of the stream's bytes that are consumed. */
    long position() {
        return position + from;
    }

    /** The start of the text after a byte order mark, if there is one. */
    private static int startAfterMark(byte[] bytes, int to) {
        boolean mark = to >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
        return mark ? 3 : 0;
    }

    /**
     * The window's array, at least {@link BlockScanner#PADDING} longer than {@link #to}. {@link #readMore} may replace
     * it.
     */
    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Tells whether the stream ends at the end of the window. */
    boolean isEndOfStream() {
        return endOfStream;
    }

    /** Tells whether all bytes of the stream are consumed. */
    boolean isExhausted() {
        return endOfStream && from == to;
    }

    /** Consumes the bytes before a position. */
    void consumeTo(int newFrom) {
        from = newFrom;
    }

    /**
     * Reads another block. The bytes that are not consumed stay; they are the incomplete row that starts on
     * {@code line}.
     *
     * @param row the part of the row that was read so far
     */
    void readMore(CsvRow row, long line) throws IOException {
        if (endOfStream) {
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
        throwFailure(line);
        int start = to;
        int limit = Math.min(start + block, bytes.length - BlockScanner.PADDING);
        try {
            while (to < limit) {
                int count = in.read(bytes, to, limit - to);
                if (count < 0) {
                    endOfStream = true;
                    return;
                }
                to += count;
            }
        } catch (DamagedFileException e) {
            failure = e;
            if (to == start) {
                throwFailure(line);
            }
        }
    }

    /**
     * Throws the failure of an earlier read. The bytes inflated before it are read first, so that its line is known.
     */
    private void throwFailure(long line) throws TradeCsvException {
        if (failure != null) {
            throw new TradeCsvException(line, failure.problem());
        }
    }
}
