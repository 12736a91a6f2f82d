package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the rows of a CSV file one by one from a stream, in constant memory. Skips a byte order mark and empty lines.
 * Not thread-safe.
 */
final class RowSource {

    private final ByteWindow window;
    private final CsvRow row;
    private long line;
    private long nextLine;
    private int nextRow;

    /** Reads the rows of a whole file. */
    RowSource(InputStream in, int block, char delimiter) throws IOException {
        row = new CsvRow(delimiter);
        window = new ByteWindow(in, block, true, 1);
        nextLine = 1;
    }

    /** Reads the rows of a part of a file. */
    RowSource(InputStream in, int block, char delimiter, long firstLine) throws IOException {
        row = new CsvRow(delimiter);
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
        if (!peek()) {
            return false;
        }
        nextLine += row.lineBreaks();
        window.consumeTo(nextRow);
        return true;
    }

    /** Reads the next row that is not empty, without moving on to the row after it; false if there is none. */
    boolean peek() throws IOException {
        while (!window.isExhausted()) {
            line = nextLine;
            nextRow = row.split(window.bytes(), window.from(), window.to(), window.isEndOfStream());
            if (nextRow == CsvRow.INCOMPLETE) {
                window.readMore(row, line);
                continue;
            }
            ByteWindow.requireLength(row.length(), row, line);
            if (row.length() > 0) {
                return true;
            }
            nextLine += row.lineBreaks();
            window.consumeTo(nextRow);
        }
        return false;
    }
}
