package io.tradeops.core.csv;

import io.tradeops.core.codec.Arguments;
import io.tradeops.core.trade.ForeignText;
import io.tradeops.core.trade.Ticker;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings that {@link TradeCsvAnalyzer} and {@link TradeCsvReader} share. Each method is an option of the command
 * line, too: {@code --ticker}, {@code --columns}, {@code --map}, {@code --delimiter}, {@code --zone}. Not thread-safe.
 *
 * @param <B> the builder of one of them
 */
public abstract class CsvBuilder<B extends CsvBuilder<B>> {

    /** The characters that may be between two columns. */
    static final String DELIMITERS = ",;\t|";

    final CsvSettings settings = new CsvSettings();

    CsvBuilder() {}

    @SuppressWarnings("unchecked") // the builders of this package are the only subclasses
    private B self() {
        return (B) this;
    }

    /**
     * Sets the ticker of every row of a file without a ticker column. By default there is none, and such a file
     * fails with a {@link TradeCsvException}.
     *
     * @throws IllegalArgumentException if the text is not a ticker
     */
    public B ticker(String ticker) {
        Arguments.require(Ticker.isValid(ticker), "ticker must match " + Ticker.PATTERN, ForeignText.escaped(ticker));
        settings.ticker = ticker;
        return self();
    }

    /**
     * Sets the names of the columns of a file without a header. By default the first row that is not empty is the
     * header.
     *
     * @throws IllegalArgumentException if the list is empty
     */
    public B columns(List<String> columns) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("columns must not be empty");
        }
        settings.columns = List.copyOf(columns);
        return self();
    }

    /**
     * Sets the column of a field, whatever other columns are there. It is then no column of another field.
     *
     * @param field ticker, price, quantity, timestamp, side, id or trade_id
     * @param name the name of the column; for timestamp also two, joined as in {@code date+time}
     * @throws IllegalArgumentException if there is no such field, or the name is blank
     */
    public B column(String field, String name) {
        TradeField known = TradeField.ofKey(field);
        Map<TradeField, List<String>> mapped = new HashMap<>(settings.mapped);
        mapped.put(known, known.mappedNames(name));
        settings.mapped = Map.copyOf(mapped);
        return self();
    }

    /**
     * Sets the character between two columns. The default is the comma.
     *
     * @throws IllegalArgumentException if it is not a comma, a semicolon, a tab or {@code |}
     */
    public B delimiter(char delimiter) {
        Arguments.require(
                DELIMITERS.indexOf(delimiter) >= 0,
                "delimiter must be a comma, a semicolon, a tab or |",
                TradeCsvException.quoted(String.valueOf(delimiter)));
        settings.delimiter = delimiter;
        return self();
    }

    /** Sets the zone of times without an offset. By default such times are refused. */
    public B zone(ZoneId zone) {
        settings.zone = Optional.of(zone);
        return self();
    }

    /**
     * Sets the largest size of an inflated file, in bytes. The default is 256 GiB.
     *
     * @throws IllegalArgumentException if the number is less than 1
     */
    public B maxInflatedBytes(long bytes) {
        Arguments.require(bytes >= 1, "maxInflatedBytes must be at least 1", bytes);
        settings.maxInflatedBytes = bytes;
        return self();
    }

    /**
     * Sets the largest ratio of inflated to compressed size. It is checked once 16 MiB are inflated. The default is
     * 300.
     *
     * @throws IllegalArgumentException if the number is less than 1
     */
    public B maxInflationRatio(int ratio) {
        Arguments.require(ratio >= 1, "maxInflationRatio must be at least 1", ratio);
        settings.maxInflationRatio = ratio;
        return self();
    }

    /** Sets the handler of the rows that are not trades. By default these rows are only counted. */
    public B rejects(RejectedRowHandler rejects) {
        settings.rejects = rejects;
        return self();
    }
}
