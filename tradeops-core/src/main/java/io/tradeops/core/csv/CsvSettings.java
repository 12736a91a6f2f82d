package io.tradeops.core.csv;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings for reading a file. Immutable. */
final class CsvSettings {

    /** The ticker of a file without a ticker column; empty if none is given. */
    final String ticker;

    /** The columns of a file without a header; empty if the file has a header. */
    final List<String> columns;

    /** The names of the columns of a field; a field that is not in the map is found by its usual names. */
    final Map<TradeField, List<String>> mapped;

    /** The character between two fields. */
    final char delimiter;

    /** The zone of times without an offset; empty if such times are refused. */
    final Optional<ZoneId> zone;

    /** The handler of the rows that are not trades. */
    final RejectedRowHandler rejects;

    /** Whether the timestamp of a row may be empty. */
    final boolean emptyTimestamps;

    /** Whether a row is rejected if its side is not known. */
    final boolean knownSides;

    /** The limits of compressed files. */
    final InflationLimits limits;

    CsvSettings(CsvBuilder<?> builder) {
        ticker = builder.ticker;
        columns = builder.columns;
        mapped = Map.copyOf(builder.mapped);
        delimiter = builder.delimiter;
        zone = builder.zone;
        rejects = builder.rejects;
        emptyTimestamps = builder.emptyTimestamps;
        knownSides = builder.knownSides;
        limits = new InflationLimits(builder.maxInflatedBytes, builder.maxInflationRatio);
    }
}
