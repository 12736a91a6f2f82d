package io.tradeops.core.csv;

import io.tradeops.core.codec.Arguments;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The object keys of a day's trades and of their analysis: {@code 2026/11/20/trades.csv},
 * {@code 2026/11/20/analysis_2026-11-20.csv}, {@code 2026/11/20/rejects_2026-11-20.csv}. Immutable.
 *
 * @param prefix the part of the keys before the year; it is empty or ends in {@code /}
 * @param date the day in UTC, in the years 1970 to 9999
 */
public record DailyTradeFile(String prefix, LocalDate date) {

    private static final Pattern KEY = Pattern.compile("(|.*/)(\\d{4}/\\d{2}/\\d{2})/trades\\.csv(\\.gz)?");

    /**
     * Checks prefix and date.
     *
     * @throws IllegalArgumentException if the prefix does not end in a slash or the year is out of its range
     */
    public DailyTradeFile {
        Arguments.require(prefix.isEmpty() || prefix.endsWith("/"), "prefix must be empty or end in /", prefix);
        Arguments.require(
                date.getYear() >= 1970 && date.getYear() <= 9999, "date must be in the years 1970 to 9999", date);
    }

    /** Returns the keys of a day without a prefix. */
    public static DailyTradeFile of(LocalDate date) {
        return new DailyTradeFile("", date);
    }

    /** Reads prefix and day from the key of a {@code trades.csv} or {@code trades.csv.gz}; empty for any other key. */
    public static Optional<DailyTradeFile> ofKey(String key) {
        Matcher matcher = KEY.matcher(key);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.parse(matcher.group(2).replace('/', '-'));
            return Optional.of(new DailyTradeFile(matcher.group(1), date));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns the key of the day's trades. */
    public String tradesKey() {
        return folder() + "trades.csv";
    }

    /** Returns the key of the day's trades, compressed with gzip. */
    public String gzipTradesKey() {
        return tradesKey() + ".gz";
    }

    /** Returns the key of the day's analysis. */
    public String analysisKey() {
        return folder() + "analysis_" + date + ".csv";
    }

    /** Returns the key of the rows that the analysis rejected. */
    public String rejectsKey() {
        return folder() + "rejects_" + date + ".csv";
    }

    private String folder() {
        return prefix + date.toString().replace('-', '/') + '/';
    }
}
