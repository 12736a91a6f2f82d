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
 * Writes a {@code trades.csv}: UTF-8, LF, no BOM, RFC 4180. An unknown side and a trade id that is not there are empty.
 * Values stand as they are, formulas for spreadsheets included, so that {@link TradeCsvReader} reads back what was
 * written. The header is written with the first row, or at {@link #flush} or {@link #close}. Not thread-safe.
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

    /** The first line. */
    public static final String HEADER = String.join(",", COLUMNS);

    private final OutputStream out;
    private final StringBuilder line = new StringBuilder();
    private boolean begun;
    private boolean closed;

    /** Writes to a stream, buffered. */
    public TradeCsvWriter(OutputStream out) {
        this.out = new BufferedOutputStream(out);
    }

    /** Writes one trade.
     *
     * @param id our own id of it; may be empty */
    public void write(String id, Trade trade) throws IOException {
        begin();
        line.setLength(0);
        CsvText.append(line, id);
        line.append(',').append(trade.ticker());
        line.append(',').append(FixedDecimal.toString(trade.priceUnits()));
        line.append(',').append(FixedDecimal.toString(trade.quantityUnits()));
        line.append(',').append(trade.side().wireName());
        line.append(',').append(EpochNanos.format(trade.timestamp())).append(',');
        CsvText.append(line, trade.tradeId());
        out.write(line.append('\n').toString().getBytes(UTF_8));
    }

    @Override
    public void flush() throws IOException {
        begin();
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
            begin();
        } finally {
            out.close();
        }
    }

    private void begin() throws IOException {
        if (!begun) {
            out.write((HEADER + "\n").getBytes(UTF_8));
            begun = true;
        }
    }
}
