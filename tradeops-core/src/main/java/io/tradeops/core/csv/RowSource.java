package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file, read one after the other from a stream, in constant memory. Skips a byte order mark and empty
 * lines. Not thread-safe.
 */
final class RowSource {

    /** The longest row, in bytes without its line break. */
    static final int MAX_ROW = 1 << 20;

    private static final int BLOCK = 512 * 1024;

    private final InputStream in;
    private final CsvRow row = new CsvRow();
    private byte[] buffer = new byte[BLOCK];
    private int from;
    private int to;
    private boolean last;
    private GzipStream.@Nullable BadGzipException failure;
    private long line = 1;
    private long nextLine = 1;

    RowSource(InputStream in) throws IOException {
        this.in = in;
        fill();
        from = startAfterMark(buffer, to);
    }

    /** Where the text starts that may start with a byte order mark. */
    static int startAfterMark(byte[] bytes, int to) {
        boolean mark = to >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
        return mark ? 3 : 0;
    }

    /** The row that {@link #next} came to. */
    CsvRow row() {
        return row;
    }

    /** The line on which it starts, counted from 1; after the end, the last line. */
    long line() {
        return line;
    }

    /** Goes to the next row that is not empty; false if there is none. */
    boolean next() throws IOException {
        while (from < to || !last) {
            line = nextLine;
            int next = row.split(buffer, from, to, last);
            if (next == CsvRow.INCOMPLETE) {
                more();
            } else {
                requireLength(row.length());
                nextLine += row.lineBreaks();
                from = next;
                if (row.length() > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private void more() throws IOException {
        if (last) {
            throw new TradeCsvException(line, "a quote is opened in this row and never closed");
        }
        requireLength(to - from - 1);
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        if (to > buffer.length - BLOCK) {
            buffer = Arrays.copyOf(buffer, to + BLOCK);
        }
        fill();
    }

    private void requireLength(int length) throws TradeCsvException {
        if (length > MAX_ROW) {
            String hint = row.isQuoteOpen() ? "; is a quote not closed?" : "";
            throw new TradeCsvException(line, "the row is longer than " + MAX_ROW + " bytes" + hint);
        }
    }

    private void fill() throws IOException {
        requireSound();
        int start = to;
        int limit = to + Math.min(BLOCK, buffer.length - to);
        try {
            while (to < limit) {
                int count = in.read(buffer, to, limit - to);
                if (count < 0) {
                    last = true;
                    return;
                }
                to += count;
            }
        } catch (GzipStream.BadGzipException e) {
            failure = e;
            if (to == start) {
                requireSound();
            }
        }
    }

    /** What was inflated before the damage is read first, so that the damage has a line. */
    private void requireSound() throws TradeCsvException {
        if (failure != null) {
            throw new TradeCsvException(line, failure.problem());
        }
    }
}
