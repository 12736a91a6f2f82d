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
 * Writes a day's trades to the bucket as {@code trades.csv}. It never overwrites a file of another writer. It writes
 * its own file again only if the day has another number of trades since. Thread-safe.
 */
public final class TradesExporter {

    private static final Logger log = LoggerFactory.getLogger(TradesExporter.class);

    /** Metadata of our own files only: their number of trades. */
    private static final String ROWS = "tradeops-rows";

    private static final int MAX_EXPORTS = 3;

    private final TradeHistory trades;
    private final TradeBucket bucket;
    private final String keyPrefix;

    /**
     * Exports from a history to a bucket.
     *
     * @param keyPrefix prefix of the bucket's keys; empty, or ends in {@code /}
     */
    public TradesExporter(TradeHistory trades, TradeBucket bucket, String keyPrefix) {
        this.trades = trades;
        this.bucket = bucket;
        this.keyPrefix = keyPrefix;
    }

    /** Exports a day if {@link #isNeeded it is needed}.
     *
     * @return whether a file was written
     * @throws IOException if a read or write of the bucket fails */
    public boolean export(LocalDate date) throws IOException {
        int exports = 0;
        // repeat if trades were stored meanwhile, or a concurrent export wrote fewer trades
        while (exports < MAX_EXPORTS && isNeeded(date)) {
            exportOnce(date);
            exports++;
        }
        return exports > 0;
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

    /**
     * Whether the day has trades, and its file is missing or is our own with another number of trades.
     *
     * @throws IOException if a read of the bucket fails
     */
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
