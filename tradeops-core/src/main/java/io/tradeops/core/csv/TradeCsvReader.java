package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Reads the trades of a CSV file one by one, in the order of the file and in constant memory. It reads the same files
 * as {@link TradeCsvAnalyzer}, and accepts and rejects the same rows. Immutable and thread-safe.
 *
 * <pre>{@code
 * TradeCsvReader.create().read(in, row -> detector.onTick(row.epochNanos(), row.priceUnits(), row.line()));
 * }</pre>
 */
public final class TradeCsvReader {

    private static final TradeCsvReader DEFAULT = new TradeCsvReader(CsvSettings.DEFAULT);

    private final CsvSettings settings;

    private TradeCsvReader(CsvSettings settings) {
        this.settings = settings;
    }

    /** Returns a reader with the default settings of {@link Builder}. */
    public static TradeCsvReader create() {
        return DEFAULT;
    }

    /** Returns a builder with the default settings. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads all trades of a stream, plain or gzip, and leaves it open.
     *
     * @throws TradeCsvException if the file as a whole is not valid; see {@link TradeCsvAnalyzer}
     * @throws IOException if reading fails or a handler throws it
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

    /** Builds a {@link TradeCsvReader}. Not thread-safe. */
    public static final class Builder {

        private CsvSettings settings = CsvSettings.DEFAULT;

        private Builder() {}

        /**
         * Sets the ticker of every row of a file without a ticker column. By default there is none, and such a file
         * fails with a {@link TradeCsvException}.
         *
         * @throws IllegalArgumentException if the text is not a ticker
         */
        public Builder ticker(String ticker) {
            settings = settings.withTicker(ticker);
            return this;
        }

        /**
         * Sets the names of the columns of a file without a header. By default the first row that is not empty is the
         * header.
         *
         * @throws IllegalArgumentException if the list is empty
         */
        public Builder columns(List<String> columns) {
            settings = settings.withColumns(columns);
            return this;
        }

        /** Sets the handler of the rows that are not trades. By default these rows are skipped. */
        public Builder rejects(RejectedRowHandler rejects) {
            settings = settings.withRejects(rejects);
            return this;
        }

        /**
         * Accepts rows with an empty timestamp, as trades without a timestamp. By default they are rejected, because
         * they have no position in the order of times.
         */
        public Builder allowEmptyTimestamps() {
            settings = settings.withEmptyTimestamps();
            return this;
        }

        /** Creates the reader. */
        public TradeCsvReader build() {
            return new TradeCsvReader(settings);
        }
    }
}
