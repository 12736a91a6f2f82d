package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the trades of a CSV file one by one, in the order of the file and in constant memory. It reads the same files
 * as {@link TradeCsvAnalyzer}, and accepts and rejects the same rows. Immutable and thread-safe.
 *
 * <pre>{@code
 * try (TradeRowIterator rows = TradeCsvReader.create().open(Path.of("trades.csv"))) {
 *     rows.forEachRemaining(row -> detector.onTick(row.epochNanos(), row.priceUnits(), row.line()));
 * }
 * }</pre>
 */
public final class TradeCsvReader {

    private static final TradeCsvReader DEFAULT = builder().build();

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
     * Opens a file, plain or compressed. The caller must close the result.
     *
     * @throws TradeCsvException if the file as a whole is not valid; see {@link TradeCsvAnalyzer}
     * @throws IOException if reading fails
     */
    public TradeRowIterator open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            return new TradeRowIterator(in, true, settings);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /**
     * Opens a stream, plain or compressed. Closing the result leaves the stream open.
     *
     * @throws TradeCsvException if the file as a whole is not valid; see {@link TradeCsvAnalyzer}
     * @throws IOException if reading fails
     */
    public TradeRowIterator open(InputStream in) throws IOException {
        return new TradeRowIterator(in, false, settings);
    }

    /**
     * Reads all trades of a stream, plain or compressed, and leaves it open.
     *
     * @throws TradeCsvException if the file as a whole is not valid; see {@link TradeCsvAnalyzer}
     * @throws IOException if reading fails or a handler throws it
     */
    public void read(InputStream in, TradeRowHandler handler) throws IOException {
        try (TradeRowIterator rows = open(in)) {
            for (TradeRow row = rows.readNext(); row != null; row = rows.readNext()) {
                handler.onRow(row);
            }
        }
    }

    /** Builds a {@link TradeCsvReader}. Not thread-safe. */
    public static final class Builder extends CsvBuilder<Builder> {

        private Builder() {}

        /**
         * Accepts rows with an empty timestamp, as trades without a timestamp. By default they are rejected, because
         * they have no position in the order of times.
         */
        public Builder allowEmptyTimestamps() {
            settings.emptyTimestamps = true;
            return this;
        }

        /**
         * Rejects rows with a side that is neither empty nor known. By default they are trades of an unknown side,
         * because the side is information only.
         */
        public Builder requireKnownSides() {
            settings.knownSides = true;
            return this;
        }

        /** Creates the reader. */
        public TradeCsvReader build() {
            return new TradeCsvReader(settings.copy());
        }
    }
}
