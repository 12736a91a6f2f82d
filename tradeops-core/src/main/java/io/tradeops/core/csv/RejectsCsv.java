package io.tradeops.core.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes rejected rows to a {@code rejects_YYYY-MM-DD.csv}: {@code line,reason,row}, UTF-8, LF, RFC 4180. The header is
 * written with the first row; without rows nothing is. A row that a spreadsheet would take for a formula, because it
 * begins with {@code =}, {@code +}, {@code -}, {@code @}, a tab or CR, is written behind a single quote. Not
 * thread-safe, which {@link RejectedRowHandler} doesn't ask for.
 */
public final class RejectsCsv implements RejectedRowHandler, Flushable, AutoCloseable {

    /** The first line. */
    public static final String HEADER = "line,reason,row";

    private final OutputStream out;
    private boolean begun;

    /** Writes to a stream, buffered. */
    public RejectsCsv(OutputStream out) {
        this.out = new BufferedOutputStream(out);
    }

    @Override
    public void onRejected(RejectedRow row) throws IOException {
        StringBuilder line = new StringBuilder();
        if (!begun) {
            line.append(HEADER).append('\n');
            begun = true;
        }
        line.append(row.line()).append(',').append(row.reason().code()).append(',');
        CsvText.append(line, neutralised(row.row()));
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
