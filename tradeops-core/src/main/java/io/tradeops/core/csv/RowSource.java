package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the rows of a CSV file one by one from a stream, in constant memory. Skips a byte order mark and empty lines.
 * Not thread-safe.
 */
final class RowSource {

    private final ByteWindow window;
    private final CsvRow row = new CsvRow();
    private long line;
    private long nextLine;

    /** Reads the rows of a whole file. */
    RowSource(InputStream in, int block) throws IOException {
        window = new ByteWindow(in, block, true, 1);
        nextLine = 1;
    }

    /** Reads the rows of a part of a file. */
    RowSource(InputStream in, int block, long firstLine) throws IOException {
        window = new ByteWindow(in, block, false, firstLine);
        nextLine = firstLine;
    }

    /** The bytes after the current row. */
    ByteWindow window() {
        return window;
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
        while (!window.isExhausted()) {
            line = nextLine;
            int next = row.split(window.bytes(), window.from(), window.to(), window.isEndOfStream());
            if (next == CsvRow.INCOMPLETE) {
                window.readMore(row, line);
            } else {
                ByteWindow.requireLength(row.length(), row, line);
                nextLine += row.lineBreaks();
                window.consumeTo(next);
                if (row.length() > 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
