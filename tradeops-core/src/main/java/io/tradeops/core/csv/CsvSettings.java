package io.tradeops.core.csv;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings for reading a file. A builder changes those that it has. What it builds has a copy, which never changes.
 */
final class CsvSettings implements Cloneable {

    private static final long RATIO_FREE = 16L << 20;

    /** The ticker of a file without a ticker column; empty if none is given. */
    String ticker = "";

    /** The columns of a file without a header; empty if the file has a header. */
    List<String> columns = List.of();

    /** The names of the columns of a field; unmodifiable. A field that is not in the map is found by its usual names. */
    Map<TradeField, List<String>> mapped = Map.of();

    /** The character between two fields. */
    char delimiter = ',';

    /** The zone of times without an offset; empty if such times are refused. */
    Optional<ZoneId> zone = Optional.empty();

    /** The handler of the rows that are not trades; {@code null} if nothing handles them. */
    @Nullable
    RejectedRowHandler rejects;

    /** Whether the timestamp of a row may be empty. */
    boolean emptyTimestamps;

    /** Whether a row is rejected if its side is not known. */
    boolean knownSides;

    /** The largest size of an inflated file, in bytes. */
    long maxInflatedBytes = 256L << 30;

    /** The largest ratio of inflated to compressed size; checked once 16 MiB are inflated. */
    int maxInflationRatio = 300;

    /** The largest number of threads of one analysis. */
    int threads = Runtime.getRuntime().availableProcessors();

    /** The largest number of tickers in a file. */
    int maxTickers = defaultMaxTickers();

    /** The number of bytes that are read at once. */
    int blockBytes = RowSource.BLOCK;

    /** The listener that receives the number of bytes read; {@code null} if there is none. */
    @Nullable
    ProgressListener progress;

    private static int defaultMaxTickers() {
        long room = Runtime.getRuntime().maxMemory() / 4 * 3 / TickerTable.BYTES_PER_TICKER;
        return (int) Math.min(TradeCsvAnalyzer.MAX_TICKERS, Math.max(room, 1));
    }

    CsvSettings copy() {
        try {
            return (CsvSettings) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Checks what was inflated so far, as a protection from decompression bombs.
     *
     * @param format the format's name
     */
    void requireWithinLimits(String format, long bytesIn, long bytesOut) throws TradeCsvException {
        if (bytesOut > maxInflatedBytes) {
            throw new TradeCsvException("the " + format + " data inflates to more than " + maxInflatedBytes + " bytes");
        }
        if (bytesOut > RATIO_FREE && bytesOut / maxInflationRatio > bytesIn) {
            throw new TradeCsvException(
                    "the " + format + " data inflates to more than " + maxInflationRatio + " times its own size");
        }
    }
}
