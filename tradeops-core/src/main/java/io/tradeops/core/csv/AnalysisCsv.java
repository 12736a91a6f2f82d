package io.tradeops.core.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Ticker;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Writes and reads {@code analysis_YYYY-MM-DD.csv}. The file has a header and one line for each ticker, sorted by
 * ticker (code point). Numbers are plain decimals without trailing zeros; the encoding is UTF-8, and lines end in LF.
 * Equal summaries give equal bytes. All methods are static and thread-safe.
 */
public final class AnalysisCsv {

    /** The header, without its line break. */
    public static final String HEADER = "ticker,total_volume,average_price,vwap,trade_count,"
            + "min_price,max_price,first_price,last_price,total_notional";

    private static final String[] COLUMNS = HEADER.split(",");
    private static final Pattern DECIMAL = Pattern.compile("(0|[1-9][0-9]{0,39})(\\.[0-9]{0,15}[1-9])?");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,17}");

    private AnalysisCsv() {}

    /**
     * Writes the header and the summaries. Flushes the stream and leaves it open.
     *
     * @param summaries the summaries, sorted by ticker (code point), at most one for each ticker
     * @throws IllegalArgumentException if the summaries are not sorted or a ticker occurs twice
     */
    public static void write(List<TickerSummary> summaries, OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
        writer.append(HEADER).append('\n');
        String previous = "";
        for (TickerSummary summary : summaries) {
            if (previous.compareTo(summary.ticker()) >= 0) {
                throw new IllegalArgumentException(
                        "summaries must be sorted by ticker: " + summary.ticker() + " after " + previous);
            }
            previous = summary.ticker();
            append(writer, summary);
        }
        writer.flush();
    }

    /**
     * Reads a file that {@link #write} wrote. Leaves the stream open.
     *
     * @return the summaries in the order of the file; unmodifiable
     * @throws TradeCsvException if {@link #write} does not write such a file; the message names the line and the value
     */
    public static List<TickerSummary> read(InputStream in) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, UTF_8));
        String header = reader.readLine();
        if (!HEADER.equals(header)) {
            throw new TradeCsvException(
                    1, "the header must be '" + HEADER + "': " + TradeCsvException.quoted(String.valueOf(header)));
        }
        List<TickerSummary> summaries = new ArrayList<>();
        String previous = "";
        long line = 2;
        for (String text = reader.readLine(); text != null; text = reader.readLine(), line++) {
            TickerSummary summary = parse(line, text);
            if (previous.compareTo(summary.ticker()) >= 0) {
                throw new TradeCsvException(line, "tickers must be sorted: " + summary.ticker() + " after " + previous);
            }
            previous = summary.ticker();
            summaries.add(summary);
        }
        return List.copyOf(summaries);
    }

    private static void append(Writer writer, TickerSummary summary) throws IOException {
        writer.append(summary.ticker());
        append(writer, summary.totalVolume());
        append(writer, summary.averagePrice());
        append(writer, summary.vwap());
        writer.append(',').append(Long.toString(summary.tradeCount()));
        append(writer, summary.minPrice());
        append(writer, summary.maxPrice());
        append(writer, summary.firstPrice());
        append(writer, summary.lastPrice());
        append(writer, summary.totalNotional());
        writer.append('\n');
    }

    private static void append(Writer writer, BigDecimal value) throws IOException {
        writer.append(',').append(FixedDecimal.toPlainString(value));
    }

    private static TickerSummary parse(long line, String text) throws TradeCsvException {
        String[] fields = text.split(",", -1);
        if (fields.length != COLUMNS.length) {
            throw new TradeCsvException(
                    line, "must have " + COLUMNS.length + " fields: " + TradeCsvException.quoted(text));
        }
        if (!Ticker.isValid(fields[0])) {
            throw new TradeCsvException(
                    line, "ticker must match " + Ticker.PATTERN + ": " + TradeCsvException.quoted(fields[0]));
        }
        if (!COUNT.matcher(fields[4]).matches()) {
            throw new TradeCsvException(
                    line, "trade_count must be a number greater than 0: " + TradeCsvException.quoted(fields[4]));
        }
        return new TickerSummary(
                fields[0],
                decimal(line, fields, 1),
                decimal(line, fields, 2),
                decimal(line, fields, 3),
                Long.parseLong(fields[4]),
                decimal(line, fields, 5),
                decimal(line, fields, 6),
                decimal(line, fields, 7),
                decimal(line, fields, 8),
                decimal(line, fields, 9));
    }

    private static BigDecimal decimal(long line, String[] fields, int column) throws TradeCsvException {
        if (!DECIMAL.matcher(fields[column]).matches()) {
            throw new TradeCsvException(
                    line,
                    COLUMNS[column] + " must be a plain decimal without trailing zeros: "
                            + TradeCsvException.quoted(fields[column]));
        }
        return new BigDecimal(fields[column]);
    }
}
