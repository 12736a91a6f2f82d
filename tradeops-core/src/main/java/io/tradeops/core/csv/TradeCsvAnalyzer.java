package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Analyses a CSV file of trades: sums the trades of each ticker exactly. The memory used does not grow with the number
 * of rows. Immutable and thread-safe.
 *
 * <pre>{@code
 * TradeAnalysis analysis = TradeCsvAnalyzer.create().analyze(Path.of("trades.csv"));
 * AnalysisCsv.write(analysis.tickers(), System.out);
 * }</pre>
 *
 * <p>A file is UTF-8, with or without a byte order mark. Lines end in LF or CRLF; the last line break may be missing.
 * Fields may be quoted as in RFC 4180, with commas, quotes and line breaks inside the quotes. Empty lines are skipped.
 * A file may be compressed with gzip, in one or several members.
 *
 * <p>The header names the columns. They may be in any order and among others. Names are compared without case, spaces,
 * tabs, {@code _} and {@code -}. If several names of an item below are present, the one listed first is used:
 *
 * <ul>
 *   <li>ticker, symbol, sym, stock, instrument: required, unless {@link Builder#ticker} is set
 *   <li>price, px, trade_price, execution_price, last: required
 *   <li>quantity, qty, decimal_size, size, volume, shares, amount: required
 *   <li>timestamp, time, date, executed_at, sip_timestamp, transact_time: optional; from 1970 to 2262-04-11. A value is
 *       RFC 3339 or a decimal number since the epoch. A number below 10¹⁰ is in seconds, below 10¹³ in milliseconds,
 *       below 10¹⁶ in microseconds, otherwise in nanoseconds. Without this column, the first and the last trade are
 *       those of the first and the last row
 *   <li>side, is_buyer_maker: optional. A side is buy, sell, b, s or empty; is_buyer_maker is true, false, 1, 0 or
 *       empty; in upper or lower case
 * </ul>
 *
 * <p>A row that is not a trade is counted by its {@link RejectReason}, passed to the handler of
 * {@link Builder#rejects}, and left out of the analysis.
 *
 * <p>An analysis fails with a {@link TradeCsvException} if the file as a whole is not valid:
 *
 * <ul>
 *   <li>the header or a required column is missing, or a column occurs twice
 *   <li>a quote is never closed, or a row is longer than 1 MiB
 *   <li>the file has more than 1,000,000 tickers
 *   <li>gzip data is damaged, ends early, or inflates to more than 256 GiB or 300 times its size
 * </ul>
 *
 * <p>To cancel an analysis, interrupt its thread: it then ends with an {@link java.io.InterruptedIOException} before
 * the next block. Or throw an exception from the listener of {@link Builder#progress}.
 *
 * <p>Up to {@link Builder#threads} threads share a plain file. For a stream or a gzip file there are at most two: one
 * reads and inflates, the other sums.
 */
public final class TradeCsvAnalyzer {

    /** The largest number of tickers in a file. */
    public static final int MAX_TICKERS = 1_000_000;

    private final CsvSettings settings;
    private final int threads;
    private final int blockBytes;
    private final ProgressListener progress;

    private TradeCsvAnalyzer(Builder builder) {
        settings = builder.settings;
        threads = builder.threads;
        blockBytes = builder.blockBytes;
        progress = builder.progress;
    }

    /** Returns an analyzer with the default settings of {@link Builder}. */
    public static TradeCsvAnalyzer create() {
        return builder().build();
    }

    /** Returns a builder with the default settings. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Analyses a file, plain or gzip.
     *
     * @throws TradeCsvException if the file as a whole is not valid; see the class
     * @throws IOException if reading fails or the handler of rejected rows throws it
     */
    public TradeAnalysis analyze(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                return analyze(in);
            }
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return analysis().ofSource(ByteSource.of(channel));
        }
    }

    /**
     * Analyses the rows that start in a range of a plain file. The analyses of all ranges of a file, merged in their
     * order, equal the analysis of the whole file.
     *
     * <p>The header is always read from the start of the file. If the range does not start with the file, the lines of
     * rejected rows are counted from the first row of the range. A field that crosses {@code from} or {@code to} must
     * not contain a line break; a file with such fields must be analysed as a whole. The channel's position does not
     * change.
     *
     * @param from the start of the range, in bytes
     * @param to the end of the range, in bytes; a value beyond the end of the file means its end
     * @throws IllegalArgumentException if {@code from} is negative or greater than {@code to}
     * @throws TradeCsvException if the range is not valid; see the class
     * @throws IOException if reading fails or the handler of rejected rows throws it
     */
    public TradeAnalysis analyze(FileChannel channel, long from, long to) throws IOException {
        if (from < 0 || from > to) {
            throw new IllegalArgumentException("from must lie between 0 and to: " + from + ", " + to);
        }
        return analysis().ofRange(ByteSource.of(channel), from, to);
    }

    /**
     * Analyses the bytes of a file, plain or gzip.
     *
     * @throws TradeCsvException if the file as a whole is not valid; see the class
     * @throws IOException if the handler of rejected rows throws it
     */
    public TradeAnalysis analyze(byte[] file) throws IOException {
        return analysis().ofSource(ByteSource.of(file));
    }

    /**
     * Analyses a stream to its end, plain or gzip, and leaves it open.
     *
     * @throws TradeCsvException if the file as a whole is not valid; see the class
     * @throws IOException if reading fails or the handler of rejected rows throws it
     */
    public TradeAnalysis analyze(InputStream in) throws IOException {
        return analysis().ofStream(in);
    }

    private FileAnalysis analysis() {
        return new FileAnalysis(settings, threads, blockBytes, progress);
    }

    /** Builds a {@link TradeCsvAnalyzer}. Not thread-safe. */
    public static final class Builder {

        private CsvSettings settings = CsvSettings.DEFAULT;
        private int threads = Runtime.getRuntime().availableProcessors();
        private int blockBytes = ByteWindow.BLOCK;
        private ProgressListener progress = bytes -> {};

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

        /**
         * Sets the largest number of threads of one analysis, including the calling thread. The default is the number
         * of available processors. The result does not depend on it.
         *
         * @throws IllegalArgumentException if the number is less than 1
         */
        public Builder threads(int threads) {
            if (threads < 1) {
                throw new IllegalArgumentException("threads must be at least 1: " + threads);
            }
            this.threads = threads;
            return this;
        }

        /** Sets the size of a block. Tests use small blocks, to get rows that cross the end of a block. */
        Builder blockBytes(int bytes) {
            blockBytes = bytes;
            return this;
        }

        /** Sets the handler of the rows that are not trades. By default these rows are only counted. */
        public Builder rejects(RejectedRowHandler rejects) {
            settings = settings.withRejects(rejects);
            return this;
        }

        /** Sets the listener that receives the number of bytes read. By default there is none. */
        public Builder progress(ProgressListener progress) {
            this.progress = progress;
            return this;
        }

        /** Creates the analyzer. */
        public TradeCsvAnalyzer build() {
            return new TradeCsvAnalyzer(this);
        }
    }
}
