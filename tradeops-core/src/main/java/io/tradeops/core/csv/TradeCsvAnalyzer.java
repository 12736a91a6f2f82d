package io.tradeops.core.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Adds up the trades of a CSV file per ticker, exactly, in constant memory. Immutable and thread-safe.
 *
 * <pre>{@code
 * TradeAnalysis analysis = TradeCsvAnalyzer.create().analyze(Path.of("trades.csv"));
 * AnalysisCsv.write(analysis.tickers(), System.out);
 * }</pre>
 *
 * <p>Read are UTF-8 files with or without a byte order mark, with LF or CRLF, with or without a last line break, RFC 4180
 * quotes with commas, quotes and line breaks inside, and all of that as gzip of one or several members. Empty lines are
 * skipped. Columns may stand in any order among others, under any of these names, which are compared without case,
 * spaces, {@code _} and {@code -}; of several the one named first here counts:
 *
 * <ul>
 *   <li>ticker, symbol, sym, stock, instrument: required unless {@link Builder#ticker} is given
 *   <li>price, px, trade_price, execution_price, last: required
 *   <li>quantity, qty, decimal_size, size, volume, shares, amount: required
 *   <li>timestamp, time, date, executed_at, sip_timestamp, transact_time: RFC 3339, or a decimal number since the epoch,
 *       in seconds below 10¹⁰, milliseconds below 10¹³, microseconds below 10¹⁶, else nanoseconds; from 1970 to
 *       2262-04-11. Without this column first and last are by row order
 *   <li>side (buy, sell, b, s, empty), is_buyer_maker (true, false, 1, 0, empty), in any case
 * </ul>
 *
 * <p>A row that is no trade is counted by {@link RejectReason}, handed to {@link Builder#rejects}, and left out. A
 * {@link TradeCsvException} says that there is no analysis: no header, a missing column, a quote that is never closed, a
 * row of more than 1 MiB, more than 1,000,000 tickers, gzip that is damaged, ends early, or inflates to more than 300
 * times its size or 256 GiB.
 *
 * <p>An analysis is cancelled by interrupting its thread, which ends it with an {@link java.io.InterruptedIOException}
 * within a block's time, or by a {@link Builder#progress} listener that throws. Up to {@link Builder#threads} threads share
 * a plain file; of a stream or gzip one thread reads and inflates, and one adds up.
 */
public final class TradeCsvAnalyzer {

    /** The most tickers that a file may have. */
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

    /** An analyzer with the defaults of {@link Builder}. */
    public static TradeCsvAnalyzer create() {
        return builder().build();
    }

    /** A builder with its defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Analyses a file, plain or gzip.
     *
     * @throws TradeCsvException if the file as a whole can't be read: see the class
     * @throws IOException if reading or the handler of rejected rows fails */
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
     * Analyses the rows that start in a range of a plain file; the ranges of a file, merged in order, make the whole
     * file's analysis. The header is always read from the file's start. Lines of rejected rows are counted from the range's
     * first row, if the range doesn't begin with the file. No field that lies across {@code from} or {@code to} may have a
     * line break in it: such a file must be analysed as a whole. Does not move the channel's position.
     *
     * @param from where the range begins, in bytes
     * @param to where it ends; at most the file's size is used
     * @throws IllegalArgumentException if {@code from} is negative or greater than {@code to}
     * @throws TradeCsvException if the range can't be read: see the class
     * @throws IOException if reading or the handler of rejected rows fails
     */
    public TradeAnalysis analyze(FileChannel channel, long from, long to) throws IOException {
        if (from < 0 || from > to) {
            throw new IllegalArgumentException("from must lie between 0 and to: " + from + ", " + to);
        }
        return analysis().ofRange(ByteSource.of(channel), from, to);
    }

    /** Analyses bytes, plain or gzip.
     *
     * @throws TradeCsvException if the file as a whole can't be read: see the class
     * @throws IOException if the handler of rejected rows fails */
    public TradeAnalysis analyze(byte[] file) throws IOException {
        return analysis().ofSource(ByteSource.of(file));
    }

    /** Analyses a stream to its end, plain or gzip; does not close it.
     *
     * @throws TradeCsvException if the file as a whole can't be read: see the class
     * @throws IOException if reading or the handler of rejected rows fails */
    public TradeAnalysis analyze(InputStream in) throws IOException {
        return analysis().ofStream(in);
    }

    private FileAnalysis analysis() {
        return new FileAnalysis(settings, threads, blockBytes, progress);
    }

    /** Settings of an analyzer. Not thread-safe. */
    public static final class Builder {

        private CsvSettings settings = CsvSettings.DEFAULT;

        private int threads = Runtime.getRuntime().availableProcessors();

        private int blockBytes = ByteWindow.BLOCK;
        private ProgressListener progress = bytes -> {};

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

        /** The most threads that one analysis uses, the caller's included; by default the available processors. The
         * result does not depend on it.
         *
         * @throws IllegalArgumentException if it is less than 1 */
        public Builder threads(int threads) {
            if (threads < 1) {
                throw new IllegalArgumentException("threads must be at least 1: " + threads);
            }
            this.threads = threads;
            return this;
        }

        /** How many bytes are taken at once: small ones for tests of what lies across two. */
        Builder blockBytes(int bytes) {
            blockBytes = bytes;
            return this;
        }

        /** Where rows go that are not trades, in file order; by default nowhere. */
        public Builder rejects(RejectedRowHandler rejects) {
            settings = settings.withRejects(rejects);
            return this;
        }

        /** Who hears how many bytes are read; by default no one. */
        public Builder progress(ProgressListener progress) {
            this.progress = progress;
            return this;
        }

        /** The analyzer. */
        public TradeCsvAnalyzer build() {
            return new TradeCsvAnalyzer(this);
        }
    }
}
