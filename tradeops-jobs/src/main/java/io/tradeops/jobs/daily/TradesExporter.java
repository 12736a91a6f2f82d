package io.tradeops.jobs.daily;

import io.tradeops.core.csv.DailyTradeFile;
import io.tradeops.core.csv.TradeCsvWriter;
import io.tradeops.lambda.bucket.StoredObject;
import io.tradeops.lambda.bucket.TradeBucket;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a day's trades to the bucket as {@code trades.csv}. A file that something else put there is left alone; so is
 * the day's own file if no trade has come since. Thread-safe.
 */
public final class TradesExporter {

    private static final Logger log = LoggerFactory.getLogger(TradesExporter.class);

    /** Marks our own files, so that no other's is overwritten, and tells how many trades one holds. */
    private static final String ROWS = "tradeops-rows";

    private static final int MOST_TIMES = 3;

    private final TradeHistory trades;
    private final TradeBucket bucket;
    private final String keyPrefix;

    /**
     * Exports from a history to a bucket.
     *
     * @param keyPrefix what stands before the year in the bucket's keys; empty, or ends in {@code /}
     */
    public TradesExporter(TradeHistory trades, TradeBucket bucket, String keyPrefix) {
        this.trades = trades;
        this.bucket = bucket;
        this.keyPrefix = keyPrefix;
    }

    /** Exports a day, if it needs to be.
     *
     * @return whether a file was written
     * @throws IOException if the bucket can't be read or written */
    public boolean export(LocalDate date) throws IOException {
        int times = 0;
        // again where trades came meanwhile, or another export of fewer came last
        while (times < MOST_TIMES && isNeeded(date)) {
            exportOnce(date);
            times++;
        }
        return times > 0;
    }

    private void exportOnce(LocalDate date) throws IOException {
        String key = file(date).tradesKey();
        Path temporary = Files.createTempFile("tradeops-export-", ".csv");
        try {
            long rows = write(date, temporary);
            bucket.put(key, temporary, "text/csv; charset=utf-8", Map.of(ROWS, String.valueOf(rows)));
            log.info("exported {} trades to {}", rows, key);
        } finally {
            Files.delete(temporary);
        }
    }

    /** The names of a day's files. */
    public DailyTradeFile file(LocalDate date) {
        return new DailyTradeFile(keyPrefix, date);
    }

    /** Whether there are trades of the day that its file in the bucket, which is ours or missing, lacks. */
    public boolean isNeeded(LocalDate date) throws IOException {
        long rows = trades.count(date);
        if (rows == 0 || bucket.head(file(date).gzipTradesKey()).isPresent()) {
            return false;
        }
        Optional<StoredObject> stored = bucket.head(file(date).tradesKey());
        if (stored.isEmpty()) {
            return true;
        }
        String storedRows = stored.get().metadata().get(ROWS);
        return storedRows != null && !storedRows.equals(String.valueOf(rows));
    }

    private long write(LocalDate date, Path target) throws IOException {
        long[] rows = {0};
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target));
                TradeCsvWriter writer = new TradeCsvWriter(out)) {
            trades.forEachTrade(date, (id, trade) -> {
                writer.write(id.toString(), trade);
                rows[0]++;
            });
        }
        return rows[0];
    }
}
