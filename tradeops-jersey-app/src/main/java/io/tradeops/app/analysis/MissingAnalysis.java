package io.tradeops.app.analysis;

import io.tradeops.app.db.DatabaseUnavailableException;
import io.tradeops.core.csv.DailyTradeFile;
import io.tradeops.jobs.daily.TradeHistory;
import io.tradeops.lambda.bucket.TradeBucket;
import io.tradeops.lambda.bucket.TradeBucketException;
import java.time.LocalDate;

/** Explains why a day has no analysis, from the files and the trades of the day. Thread-safe. */
final class MissingAnalysis {

    private final TradeBucket bucket;
    private final TradeHistory trades;

    MissingAnalysis(TradeBucket bucket, TradeHistory trades) {
        this.bucket = bucket;
        this.trades = trades;
    }

    /** The reason in words, and what to do about it. */
    String reason(DailyTradeFile file) throws TradeBucketException {
        LocalDate day = file.date();
        if (exists(file.rejectsKey())) {
            return "there is no analysis of " + day + ": too many rows of its file were rejected; see "
                    + uri(file.rejectsKey());
        }
        String queue = "POST /analysis/?date=" + day + " queues one";
        if (exists(file.tradesKey()) || exists(file.gzipTradesKey())) {
            return "there is no analysis of " + day + ": its file is not analysed yet, or is unreadable"
                    + " (see the failed job); " + queue;
        }
        return hasTrades(day)
                ? "there is no analysis of " + day + " yet; " + queue
                : "there is no analysis of " + day + ": the day has no trades and no file";
    }

    private boolean exists(String key) throws TradeBucketException {
        return bucket.head(key).isPresent();
    }

    /** Assumes that there are trades if the database is unavailable: a reason in a 404 is not worth a 503. */
    private boolean hasTrades(LocalDate day) {
        try {
            return trades.hasTrades(day);
        } catch (DatabaseUnavailableException e) {
            return true;
        }
    }

    private String uri(String key) {
        return "s3://" + bucket.name() + "/" + key;
    }
}
