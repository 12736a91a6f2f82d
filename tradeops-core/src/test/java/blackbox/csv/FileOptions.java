package blackbox.csv;

import io.tradeops.core.csv.CsvBuilder;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a user says about a file.
 *
 * @param ticker the ticker of all rows; empty if it is not given
 * @param columns the names of all columns; empty if the file has a header
 * @param mapped the name of the column of a field, by the field
 * @param zone the zone of times without an offset; empty if it is not given
 */
public record FileOptions(
        String ticker, List<String> columns, Map<String, String> mapped, char delimiter, String zone) {

    public static final FileOptions NONE = new FileOptions("", List.of(), Map.of(), ',', "");

    public FileOptions withTicker(String newTicker) {
        return new FileOptions(newTicker, columns, mapped, delimiter, zone);
    }

    public FileOptions withColumns(List<String> newColumns) {
        return new FileOptions(ticker, newColumns, mapped, delimiter, zone);
    }

    /**
     * Adds the column of a field.
     *
     * @param mapping a field and its column, as in {@code price=last}
     */
    public FileOptions withMapped(String mapping) {
        Map<String, String> all = new HashMap<>(mapped);
        all.put(mapping.substring(0, mapping.indexOf('=')), mapping.substring(mapping.indexOf('=') + 1));
        return new FileOptions(ticker, columns, Map.copyOf(all), delimiter, zone);
    }

    public FileOptions withDelimiter(char newDelimiter) {
        return new FileOptions(ticker, columns, mapped, newDelimiter, zone);
    }

    public FileOptions withZone(String newZone) {
        return new FileOptions(ticker, columns, mapped, delimiter, newZone);
    }

    /** Sets the options of an analyzer or a reader. */
    <B extends CsvBuilder<B>> B applyTo(B builder) {
        if (!ticker.isEmpty()) {
            builder.ticker(ticker);
        }
        if (!columns.isEmpty()) {
            builder.columns(columns);
        }
        mapped.forEach(builder::column);
        if (!zone.isEmpty()) {
            builder.zone(ZoneId.of(zone));
        }
        return builder.delimiter(delimiter);
    }
}
