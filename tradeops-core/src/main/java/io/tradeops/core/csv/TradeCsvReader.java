package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Reads the trades of a CSV file in file order, in constant memory. It takes and rejects the rows that
 * {@link TradeCsvAnalyzer} does, and reads the same kinds of files. Immutable and thread-safe.
 *
 * <pre>{@code
 * TradeCsvReader.create().read(in, row -> detector.onTick(row.epochNanos(), row.priceUnits()));
 * }</pre>
 */
public final class TradeCsvReader {

    private static final TradeCsvReader DEFAULT = new TradeCsvReader(CsvSettings.DEFAULT);

    private final CsvSettings settings;

    private TradeCsvReader(CsvSettings settings) {
        this.settings = settings;
    }

    /** A reader with the defaults of {@link Builder}. */
    public static TradeCsvReader create() {
        return DEFAULT;
    }

    /** A builder with its defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads all trades of a stream, plain or gzip; does not close it.
     *
     * @throws TradeCsvException if the file as a whole can't be read: see {@link TradeCsvAnalyzer}
     * @throws IOException if reading or a handler fails
     */
    public void read(InputStream in, TradeRowHandler handler) throws IOException {
        try (InputStream bytes = InflatedStream.inflated(in)) {
            TradeRows rows = new TradeRows(bytes, settings);
            TradeColumns columns = rows.columns();
            rows.forEach((fields, row, line) -> handler.onRow(row(columns, fields, row, line)));
        }
    }

    private static TradeRow row(TradeColumns columns, TradeFields fields, CsvRow row, long line) {
        return new TradeRow(
                line,
                fields.ticker(),
                fields.priceUnits(),
                fields.quantityUnits(),
                fields.side(),
                fields.epochNanos(),
                columns.id() == TradeColumns.NONE ? "" : row.text(columns.id()),
                fields.tradeId(row));
    }

    /** Settings of a reader. Not thread-safe. */
    public static final class Builder {

        private CsvSettings settings = CsvSettings.DEFAULT;

        private Builder() {}

        /** The ticker of every row of a file that has no ticker column; none by default: such a file is an error.
         *
         * @throws IllegalArgumentException if it is no ticker */
        public Builder ticker(String ticker) {
            settings = settings.withTicker(ticker);
            return this;
        }

        /** The columns of a file without a header; by default the file's first row that is not empty names them.
         *
         * @throws IllegalArgumentException if there are none */
        public Builder columns(List<String> columns) {
            settings = settings.withColumns(columns);
            return this;
        }

        /** Where rows go that are not trades; by default nowhere. */
        public Builder rejects(RejectedRowHandler rejects) {
            settings = settings.withRejects(rejects);
            return this;
        }

        /** Takes a row whose timestamp is empty, as one without a timestamp; by default it is rejected, as it has no
         * place among the others. */
        public Builder emptyTimestamps() {
            settings = settings.withEmptyTimestamps();
            return this;
        }

        /** The reader. */
        public TradeCsvReader build() {
            return new TradeCsvReader(settings);
        }
    }
}
