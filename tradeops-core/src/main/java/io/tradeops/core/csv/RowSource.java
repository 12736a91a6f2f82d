package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a CSV file from a stream: one by one, or as the bytes that are in memory. It holds the bytes that
 * are not consumed yet; {@link #readMore} adds a block. Skips a byte order mark. Not thread-safe.
 */
final class RowSource {

    /** The length of the longest row, in bytes without its line break. */
    static final int MAX_ROW = 1 << 20;

    /** The number of bytes read at once. Together with the tickers' totals it fits into a core's second-level cache. */
    static final int BLOCK = 256 * 1024;

    private final CsvRow row;
    private final int block;
    private InputStream in;
    private long position;
    private byte[] bytes;
    private int from;
    private int to;
    private boolean endOfStream;
    private @Nullable TradeCsvException failure;
    private long line;
    private long nextLine;
    private int nextRow;

    /**
     * @param block the number of bytes to read at once, at least 3
     * @param beginsFile whether the stream may start with a byte order mark
     * @param firstLine the number of the first line
     */
    RowSource(InputStream in, int block, char delimiter, boolean beginsFile, long firstLine) throws IOException {
        this.in = in;
        this.block = block;
        row = new CsvRow(delimiter);
        nextLine = firstLine;
        bytes = new byte[block + BlockScanner.PADDING];
        fill(firstLine);
        boolean marked = to >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
        from = beginsFile && marked ? 3 : 0;
    }

    /** Starts a thread that reads the rest of the stream ahead. */
    ReadAhead readAhead() {
        ReadAhead ahead = new ReadAhead(in);
        in = ahead;
        return ahead;
    }

    /** The current row. */
    CsvRow row() {
        return row;
    }

    /** The line on which the current row starts. */
    long line() {
        return line;
    }

    /** The line after the current row. */
    long nextLine() {
        return nextLine;
    }

    /** Reads the next row that is not empty; false if there is none. */
    boolean next() throws IOException {
        if (!peek()) {
            return false;
        }
        consumeRow();
        return true;
    }

    /** Reads the next row that is not empty, without moving on to the row after it; false if there is none. */
    boolean peek() throws IOException {
        while (!isExhausted()) {
            line = nextLine;
            nextRow = row.split(bytes, from, to, endOfStream);
            if (nextRow == CsvRow.INCOMPLETE) {
                readMore(row, line);
                continue;
            }
            requireLength(row.length(), row, line);
            if (row.length() > 0) {
                return true;
            }
            consumeRow();
        }
        return false;
    }

    private void consumeRow() {
        nextLine += row.lineBreaks();
        from = nextRow;
    }

    /** The number of the stream's bytes that are consumed. */
    long position() {
        return position + from;
    }

    /** The array of the bytes, at least {@link BlockScanner#PADDING} longer than {@link #to}. */
    byte[] bytes() {
        return bytes;
    }

    /** Where the bytes that are not consumed start. */
    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Tells whether the stream ends at {@link #to}. */
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
     * Reads another block. The bytes that are not consumed stay; they are an incomplete row. This may replace
     * {@link #bytes}.
     *
     * @param incomplete the part of the row that was read so far
     * @param line the line on which it starts
     */
    void readMore(CsvRow incomplete, long line) throws IOException {
        if (endOfStream) {
            throw new TradeCsvException(line, "a quote is opened in this row and never closed");
        }
        requireLength(to - from - 1, incomplete, line);
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
        } catch (TradeCsvException e) {
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
            throw failure.atLine(line);
        }
    }
}
