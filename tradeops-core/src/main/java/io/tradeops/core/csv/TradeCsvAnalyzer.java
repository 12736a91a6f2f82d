package io.tradeops.core.csv;

import io.tradeops.core.codec.Arguments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Analyses a CSV file of trades: sums the trades of each ticker exactly. The memory used does not grow with the number
 * of rows. Immutable and thread-safe.
 *
 * <pre>{@code
 * TradeAnalysis analysis = TradeCsvAnalyzer.create().analyze(Path.of("trades.csv"));
 * AnalysisCsv.write(analysis.tickers(), System.out);
 * }</pre>
 *
 * <p>A file is text in UTF-8, or in UTF-16 with a byte order mark. Lines end in LF, which any number of CR may precede;
 * the last line break may be missing. Fields may be quoted as in RFC 4180, and spaces may surround them. Empty lines
 * are skipped. A file may be compressed with gzip, in one or several members, or be the one file in a zip archive.
 *
 * <p>The header names the columns. They may be in any order and among others. Names are compared without case, spaces,
 * tabs, {@code _} and {@code -}. A row that repeats the header is skipped. {@link Builder#column} sets a column of any
 * other name. Without it the columns are:
 *
 * <ul>
 *   <li>ticker, symbol, sym, stock, instrument, instrument_name or pair: required, unless {@link Builder#ticker} is set
 *   <li>price, px, trade_price, execution_price or last: required
 *   <li>quantity, qty, size, volume, vol, shares or amount: required. Where decimal_size is not empty, it replaces size
 *   <li>timestamp, time, datetime, date, executed_at, created_at, sip_timestamp, participant_timestamp, ts_event or
 *       transact_time: optional. sip_timestamp precedes participant_timestamp. Without this column, the first and the
 *       last trade are those of the first and the last row
 *   <li>side or is_buyer_maker: optional; it does not affect the analysis
 *   <li>correction, corr, tr_corr or trade_correction_indicator: optional. Rows with 7, 8, 10, 11 or 12 are cancelled,
 *       wrong, or the record of that; they are left out and counted
 * </ul>
 *
 * <p>A timestamp lies between 1970 and 2262-04-11. It is RFC 3339, or a decimal number since 1970: below 10¹⁰ in
 * seconds, below 10¹³ in milliseconds, below 10¹⁶ in microseconds, otherwise in nanoseconds. A space may replace the
 * {@code T}, and the offset may be {@code +0000}, {@code +00} or {@code UTC}, also after a space. A time without an
 * offset needs {@link Builder#zone}. A number before 1990 is not a timestamp.
 *
 * <p>A row that is not a trade is counted by its {@link RejectReason}, passed to the handler of
 * {@link Builder#rejects}, and left out of the analysis.
 *
 * <p>An analysis fails with a {@link TradeCsvException} if the file as a whole is not valid, or does not say what it
 * means. The message names the columns or the value, and the option of the command line that decides; the builder has a
 * method for each option:
 *
 * <ul>
 *   <li>the header is missing or unreadable, a required column is missing, or several columns may be the same field
 *   <li>the file has quotes, orders, order books or bars, or is compressed or packed in another way
 *   <li>the first timestamp has no offset, or is a number before 1990
 *   <li>the header is not the one that {@link Builder#columns} gives
 *   <li>a quote is never closed, or a row is longer than 1 MiB
 *   <li>the file has more tickers than {@link Builder#maxTickers} allows
 *   <li>compressed data is damaged, ends early, or exceeds {@link Builder#maxInflatedBytes} or
 *       {@link Builder#maxInflationRatio}
 * </ul>
 *
 * <p>To cancel an analysis, interrupt its thread: it then ends with an {@link java.io.InterruptedIOException} before
 * the next block. Or throw an exception from the listener of {@link Builder#progress}.
 *
 * <p>Up to {@link Builder#threads} threads share a plain file. For a stream or a compressed file there are at most two:
 * one reads and inflates, the other sums.
 */
public final class TradeCsvAnalyzer {

    /** The default of the largest number of tickers in a file, if the heap has room for them. */
    public static final int MAX_TICKERS = 1_000_000;

    private static final int LARGEST_MAX_TICKERS = 10_000_000;

    private final CsvSettings settings;

    private TradeCsvAnalyzer(CsvSettings settings) {
        this.settings = settings;
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
     * Analyses a file, plain or compressed.
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
            return new FileAnalysis(settings).ofSource(new ByteSource(channel));
        }
    }

    /**
     * Analyses the rows that start in a range of a plain file in UTF-8. The analyses of all ranges of a file, merged in
     * their order, equal the analysis of the whole file but for {@link TradeAnalysis#firstRejectedLines}.
     *
     * <p>The header is always read from the start of the file. If the range does not start with the file, the lines of
     * rejected rows are counted from the first row of the range. The row that starts before {@code from} or {@code to}
     * and ends after it must not contain a line break within quotes; a file with such rows must be analysed as a whole.
     * The channel's position does not change.
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
        return new FileAnalysis(settings).ofRange(new ByteSource(channel), from, to);
    }

    /**
     * Analyses the bytes of a file, plain or compressed.
     *
     * @throws TradeCsvException if the file as a whole is not valid; see the class
     * @throws IOException if the handler of rejected rows throws it
     */
    public TradeAnalysis analyze(byte[] file) throws IOException {
        return new FileAnalysis(settings).ofSource(new ByteSource(file));
    }

    /**
     * Analyses a stream to its end, plain or compressed, and leaves it open.
     *
     * @throws TradeCsvException if the file as a whole is not valid; see the class
     * @throws IOException if reading fails or the handler of rejected rows throws it
     */
    public TradeAnalysis analyze(InputStream in) throws IOException {
        return new FileAnalysis(settings).ofStream(in);
    }

    /** Builds a {@link TradeCsvAnalyzer}. Not thread-safe. */
    public static final class Builder extends CsvBuilder<Builder> {

        private Builder() {}

        /**
         * Sets the largest number of tickers in a file, 1 to 10,000,000. A ticker takes about 160 bytes. The default is
         * {@link #MAX_TICKERS}, or what three quarters of the largest heap (-Xmx) have room for, if that is less.
         *
         * @throws IllegalArgumentException if the number is out of its range
         */
        public Builder maxTickers(int tickers) {
            settings.maxTickers = (int) Arguments.requireRange("maxTickers", tickers, 1, LARGEST_MAX_TICKERS);
            return this;
        }

        /**
         * Sets the largest number of threads of one analysis, including the calling thread. The default is the number
         * of available processors. The result does not depend on it.
         *
         * @throws IllegalArgumentException if the number is less than 1
         */
        public Builder threads(int threads) {
            Arguments.require(threads >= 1, "threads must be at least 1", threads);
            settings.threads = threads;
            return this;
        }

        /** Sets the size of a block. Tests use small blocks, to get rows that cross the end of a block. */
        Builder blockBytes(int bytes) {
            settings.blockBytes = bytes;
            return this;
        }

        /** Sets the listener that receives the number of bytes read. By default there is none. */
        public Builder progress(ProgressListener progress) {
            settings.progress = progress;
            return this;
        }

        /** Creates the analyzer. */
        public TradeCsvAnalyzer build() {
            return new TradeCsvAnalyzer(settings.copy());
        }
    }
}
