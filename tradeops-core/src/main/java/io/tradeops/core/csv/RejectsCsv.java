package io.tradeops.core.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes rejected rows to a {@code rejects_YYYY-MM-DD.csv}. The columns are line, reason and row; the encoding is
 * UTF-8, lines end in LF, and fields are quoted as in RFC 4180. The header is written with the first row, so that a
 * file without rows is empty.
 *
 * <p>A spreadsheet would run a row that begins with {@code =}, {@code +}, {@code -}, {@code @}, a tab or CR as a
 * formula. A single quote is written before such a row.
 *
 * <p>Not thread-safe. It can be used as a {@link RejectedRowHandler}, which is called by one thread at a time.
 */
public final class RejectsCsv implements RejectedRowHandler, Flushable, AutoCloseable {

    /** The header, without its line break. */
    public static final String HEADER = "line,reason,row";

    private final OutputStream out;
    private boolean headerWritten;

    /** Creates a writer with a buffer. */
    public RejectsCsv(OutputStream out) {
        this.out = new BufferedOutputStream(out);
    }

    @Override
    public void onRejected(RejectedRow row) throws IOException {
        StringBuilder line = new StringBuilder();
        if (!headerWritten) {
            line.append(HEADER).append('\n');
            headerWritten = true;
        }
        line.append(row.line()).append(',').append(row.reason().code()).append(',');
        TradeCsvWriter.appendField(line, neutralised(row.row()));
        out.write(line.append('\n').toString().getBytes(UTF_8));
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Flushes and closes the stream. */
    @Override
    public void close() throws IOException {
        out.close();
    }

    private static String neutralised(String row) {
        boolean formula = !row.isEmpty() && "=+-@\t\r".indexOf(row.charAt(0)) >= 0;
        return formula ? "'" + row : row;
    }
}
