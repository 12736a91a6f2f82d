package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The trades of a CSV file, one by one in the order of the file; see {@link TradeCsvReader#open}. Rows that are not
 * trades go to the reader's handler of rejected rows. Stop at any row, and close it. Not thread-safe.
 */
@SuppressWarnings("exports") // JSpecify's annotations are needed to compile, not to use
public final class TradeRowIterator implements Iterator<TradeRow>, AutoCloseable {

    private final InputStream in;
    private final boolean closesStream;
    private final InputStream bytes;
    private final RowSource source;
    private final @Nullable RejectedRowHandler rejects;
    private final TradeColumns columns;
    private final TradeFields fields;
    private @Nullable TradeRow next;
    private long rows;
    private long rejected;
    private long cancelled;

    /**
     * @param in the file, plain or packed
     * @param closesStream whether closing the iterator closes the stream
     */
    TradeRowIterator(InputStream in, boolean closesStream, CsvSettings settings) throws IOException {
        this.in = in;
        this.closesStream = closesStream;
        bytes = PlainStream.of(new CountingStream(in), settings);
        source = new RowSource(bytes, RowSource.BLOCK, settings.delimiter, true, 1);
        rejects = settings.rejects;
        columns = CsvHeader.read(source, settings);
        fields = new TradeFields(columns, settings, source.row());
    }

    /**
     * Tells whether there is another trade.
     *
     * @throws UncheckedIOException if reading fails or a handler throws an exception; its cause is a
     *     {@link TradeCsvException} if the file is not valid
     */
    @Override
    public boolean hasNext() {
        return peek() != null;
    }

    /**
     * Returns the next trade.
     *
     * @throws NoSuchElementException if there is none
     * @throws UncheckedIOException as {@link #hasNext} does
     */
    @Override
    public TradeRow next() {
        TradeRow row = peek();
        if (row == null) {
            throw new NoSuchElementException();
        }
        next = null;
        return row;
    }

    private @Nullable TradeRow peek() {
        try {
            next = next == null ? readNext() : next;
            return next;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the trades that were not read yet as a stream. Closing it closes this iterator. */
    public Stream<TradeRow> stream() {
        int characteristics = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, characteristics), false)
                .onClose(this::close);
    }

    /** Tells whether the file has a timestamp column. Without it, trades are in the order of rows alone. */
    public boolean hasTimestamps() {
        return columns.timestamp != TradeColumns.NONE;
    }

    /** Returns the number of trades read so far. */
    public long rows() {
        return rows;
    }

    /** Returns the number of rows so far that are not trades. */
    public long rejected() {
        return rejected;
    }

    /** Returns the number of rows so far that were left out because they are cancelled or erroneous. */
    public long cancelled() {
        return cancelled;
    }

    /**
     * Frees what the iterator holds, and closes the file if it was opened by its path.
     *
     * @throws UncheckedIOException if closing fails
     */
    @Override
    public void close() {
        try {
            bytes.close();
            if (closesStream) {
                in.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next trade; null at the end of the file. */
    @Nullable
    TradeRow readNext() throws IOException {
        while (source.next()) {
            if (fields.read()) {
                rows++;
                return fields.trade(source.line());
            }
            if (!fields.refusal().isEmpty()) {
                throw new TradeCsvException(source.line(), fields.refusal());
            }
            if (fields.isCancelled()) {
                cancelled++;
            } else if (!fields.reasons().isEmpty()) {
                rejected++;
                if (rejects != null) {
                    rejects.onRejected(fields.rejected(source.line()));
                }
            }
        }
        return null;
    }
}
