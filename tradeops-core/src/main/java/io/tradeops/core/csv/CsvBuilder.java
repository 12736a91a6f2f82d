package io.tradeops.core.csv;

import java.time.ZoneId;
import java.util.List;

/**
 * The settings that {@link TradeCsvAnalyzer} and {@link TradeCsvReader} share. Each method is an option of the command
 * line, too: {@code --ticker}, {@code --columns}, {@code --map}, {@code --delimiter}, {@code --zone}. Not thread-safe.
 *
 * @param <B> the builder of one of them
 */
public abstract class CsvBuilder<B extends CsvBuilder<B>> {

    private CsvSettings settings = CsvSettings.DEFAULT;

    CsvBuilder() {}

    abstract B self();

    CsvSettings settings() {
        return settings;
    }

    B with(CsvSettings newSettings) {
        settings = newSettings;
        return self();
    }

    /**
     * Sets the ticker of every row of a file without a ticker column. By default there is none, and such a file
     * fails with a {@link TradeCsvException}.
     *
     * @throws IllegalArgumentException if the text is not a ticker
     */
    public B ticker(String ticker) {
        return with(settings.withTicker(ticker));
    }

    /**
     * Sets the names of the columns of a file without a header. By default the first row that is not empty is the
     * header.
     *
     * @throws IllegalArgumentException if the list is empty
     */
    public B columns(List<String> columns) {
        return with(settings.withColumns(columns));
    }

    /**
     * Sets the column of a field, whatever other columns are there. It is then no column of another field.
     *
     * @param field ticker, price, quantity, timestamp, side, id or trade_id
     * @param name the name of the column; for timestamp also two, joined as in {@code date+time}
     * @throws IllegalArgumentException if there is no such field, or the name is blank
     */
    public B column(String field, String name) {
        return with(settings.withColumn(field, name));
    }

    /**
     * Sets the character between two columns. The default is the comma.
     *
     * @throws IllegalArgumentException if it is not a comma, a semicolon, a tab or {@code |}
     */
    public B delimiter(char delimiter) {
        return with(settings.withDelimiter(delimiter));
    }

    /** Sets the zone of times without an offset. By default such times are refused. */
    public B zone(ZoneId zone) {
        return with(settings.withZone(zone));
    }

    /**
     * Sets the largest size of an inflated file, in bytes. The default is 256 GiB.
     *
     * @throws IllegalArgumentException if the number is less than 1
     */
    public B maxInflatedBytes(long bytes) {
        return with(settings.withLimits(settings.limits().withMaxBytes(bytes)));
    }

    /**
     * Sets the largest ratio of inflated to compressed size. It is checked once 16 MiB are inflated. The default is
     * 300.
     *
     * @throws IllegalArgumentException if the number is less than 1
     */
    public B maxInflationRatio(int ratio) {
        return with(settings.withLimits(settings.limits().withMaxRatio(ratio)));
    }

    /** Sets the handler of the rows that are not trades. By default these rows are only counted. */
    public B rejects(RejectedRowHandler rejects) {
        return with(settings.withRejects(rejects));
    }
}
