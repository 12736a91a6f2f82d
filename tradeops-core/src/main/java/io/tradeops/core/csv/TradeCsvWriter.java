package io.tradeops.core.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Trade;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes a {@code trades.csv}. The encoding is UTF-8 without a byte order mark, lines end in LF, and fields are quoted
 * as in RFC 4180. An unknown side and a missing trade id are empty fields. Values are not changed, not even those that
 * a spreadsheet would run as formulas, so that {@link TradeCsvReader} reads back the same trades. The header is written
 * with the first row, or by {@link #flush} or {@link #close}. Not thread-safe.
 *
 * <pre>{@code
 * try (TradeCsvWriter writer = new TradeCsvWriter(Files.newOutputStream(file))) {
 *     writer.write("0199f0c2-…", trade);
 * }
 * }</pre>
 */
public final class TradeCsvWriter implements Closeable, Flushable {

    /** The columns, in order. */
    public static final List<String> COLUMNS =
            List.of("id", "ticker", "price", "quantity", "side", "timestamp", "trade_id");

    /** The header, without its line break. */
    public static final String HEADER = String.join(",", COLUMNS);

    private final OutputStream out;
    private final StringBuilder line = new StringBuilder();
    private boolean headerWritten;
    private boolean closed;

    /** Creates a writer with a buffer. */
    public TradeCsvWriter(OutputStream out) {
        this.out = new BufferedOutputStream(out);
    }

    /**
     * Writes a trade.
     *
     * @param id the id that the system which writes the file gave the trade; may be empty
     * @param trade the trade
     * @throws IOException if writing fails, or the writer is closed
     */
    public void write(String id, Trade trade) throws IOException {
        requireOpen();
        writeHeader();
        line.setLength(0);
        appendField(line, id);
        line.append(',').append(trade.ticker());
        line.append(',').append(FixedDecimal.toString(trade.priceUnits()));
        line.append(',').append(FixedDecimal.toString(trade.quantityUnits()));
        line.append(',').append(trade.side().wireName());
        line.append(',').append(EpochNanos.format(trade.timestamp())).append(',');
        appendField(line, trade.tradeId());
        out.write(line.append('\n').toString().getBytes(UTF_8));
    }

    @Override
    public void flush() throws IOException {
        requireOpen();
        writeHeader();
        out.flush();
    }

    /** Flushes and closes the stream. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            writeHeader();
        } finally {
            out.close();
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the writer of the trades file is closed");
        }
    }

    private void writeHeader() throws IOException {
        if (!headerWritten) {
            out.write((HEADER + "\n").getBytes(UTF_8));
            headerWritten = true;
        }
    }

    /** Appends a value; in quotes if RFC 4180 requires them, or if spaces at an end would not be read back. */
    static void appendField(StringBuilder line, String value) {
        boolean quoted = value.startsWith(" ") || value.endsWith(" ");
        for (int i = 0; i < value.length() && !quoted; i++) {
            quoted = ",\"\n\r".indexOf(value.charAt(i)) >= 0;
        }
        if (quoted) {
            line.append('"').append(value.replace("\"", "\"\"")).append('"');
        } else {
            line.append(value);
        }
    }
}
