package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;

/**
 * The rows of a CSV file, read one after the other from a stream, in constant memory. Skips a byte order mark and empty
 * lines. Not thread-safe.
 */
final class RowSource {

    private final ByteWindow window;
    private final CsvRow row = new CsvRow();
    private long line;
    private long nextLine;

    /** The rows of a whole file. */
    RowSource(InputStream in, int block) throws IOException {
        window = new ByteWindow(in, block, true, 1);
        nextLine = 1;
    }

    /** The rows of a file's part. */
    RowSource(InputStream in, int block, long firstLine) throws IOException {
        window = new ByteWindow(in, block, false, firstLine);
        nextLine = firstLine;
    }

    /** What is not read yet: the rows after the one that {@link #next} came to. */
    ByteWindow window() {
        return window;
    }

    /** The row that {@link #next} came to. */
    CsvRow row() {
        return row;
    }

    /** The line on which it starts, counted from 1. */
    long line() {
        return line;
    }

    /** The line after it. */
    long nextLine() {
        return nextLine;
    }

    /** Goes to the next row that is not empty; false if there is none. */
    boolean next() throws IOException {
        while (!window.isAtEnd()) {
            line = nextLine;
            int next = row.split(window.bytes(), window.from(), window.to(), window.isLast());
            if (next == CsvRow.INCOMPLETE) {
                window.more(row, line);
            } else {
                ByteWindow.requireLength(row.length(), row, line);
                nextLine += row.lineBreaks();
                window.advance(next);
                if (row.length() > 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
