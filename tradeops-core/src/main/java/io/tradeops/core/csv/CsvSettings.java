package io.tradeops.core.csv;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings for reading a file. Immutable. */
final class CsvSettings {

    /** The handler of rejected rows that does nothing. */
    static final RejectedRowHandler NO_REJECTS = row -> {};

    /** The listener that does nothing. */
    static final ProgressListener NO_PROGRESS = bytesRead -> {};

    private static final long RATIO_FREE = 16L << 20;

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

    /** The largest size of an inflated file, in bytes. */
    final long maxInflatedBytes;

    /** The largest ratio of inflated to compressed size; checked once 16 MiB are inflated. */
    final int maxInflationRatio;

    /** The largest number of threads of one analysis. */
    final int threads;

    /** The largest number of tickers in a file. */
    final int maxTickers;

    /** The number of bytes that are read at once. */
    final int blockBytes;

    /** The listener that receives the number of bytes read. */
    final ProgressListener progress;

    CsvSettings(CsvBuilder<?> builder) {
        ticker = builder.ticker;
        columns = builder.columns;
        mapped = Map.copyOf(builder.mapped);
        delimiter = builder.delimiter;
        zone = builder.zone;
        rejects = builder.rejects;
        emptyTimestamps = builder.emptyTimestamps;
        knownSides = builder.knownSides;
        maxInflatedBytes = builder.maxInflatedBytes;
        maxInflationRatio = builder.maxInflationRatio;
        threads = builder.threads;
        maxTickers = builder.maxTickers;
        blockBytes = builder.blockBytes;
        progress = builder.progress;
    }

    /**
     * Checks what was inflated so far, as a protection from decompression bombs.
     *
     * @param format the format's name
     */
    void requireWithinLimits(String format, long bytesIn, long bytesOut) throws DamagedFileException {
        if (bytesOut > maxInflatedBytes) {
            throw new DamagedFileException(
                    "the " + format + " data inflates to more than " + maxInflatedBytes + " bytes");
        }
        if (bytesOut > RATIO_FREE && bytesOut / maxInflationRatio > bytesIn) {
            throw new DamagedFileException(
                    "the " + format + " data inflates to more than " + maxInflationRatio + " times its own size");
        }
    }
}
