package io.tradeops.app.analysis;

import io.tradeops.app.db.DatabaseUnavailableException;
import io.tradeops.core.csv.DailyTradeFile;
import io.tradeops.jobs.daily.TradeHistory;
import io.tradeops.lambda.bucket.TradeBucket;
import io.tradeops.lambda.bucket.TradeBucketException;
import java.time.LocalDate;

/** Says why a day has no analysis, from what is there in its place. Thread-safe. */
final class MissingAnalysis {

    private final TradeBucket bucket;
    private final TradeHistory trades;

    MissingAnalysis(TradeBucket bucket, TradeHistory trades) {
        this.bucket = bucket;
        this.trades = trades;
    }

    /** The reason, in words, and what to do where something can be done. */
    String reason(DailyTradeFile file) throws TradeBucketException {
        LocalDate day = file.date();
        if (isThere(file.rejectsKey())) {
            return "there is no analysis of " + day + ": too many rows of its file were rejected; see "
                    + place(file.rejectsKey());
        }
        String make = "POST /analysis/?date=" + day + " makes one";
        if (isThere(file.tradesKey()) || isThere(file.gzipTradesKey())) {
            return "there is no analysis of " + day + ", but a file: it is not analysed yet, or can't be read, which"
                    + " the failed job tells; " + make;
        }
        return hasTrades(day)
                ? "there is no analysis of " + day + " yet; " + make
                : "there is no analysis of " + day + ": the day has no trades and no file";
    }

    private boolean isThere(String key) throws TradeBucketException {
        return bucket.head(key).isPresent();
    }

    /** Nobody is refused because of a reason: who can't be asked is taken to have some. */
    private boolean hasTrades(LocalDate day) {
        try {
            return trades.hasTrades(day);
        } catch (DatabaseUnavailableException e) {
            return true;
        }
    }

    private String place(String key) {
        return "s3://" + bucket.name() + "/" + key;
    }
}
