package io.tradeops.lambda.analysis;

import io.tradeops.core.csv.DailyTradeFile;

/** What came of analysing a day: an analysis, or the reason why there is none. */
public sealed interface AnalysisOutcome {

    /** The day that was asked for. */
    DailyTradeFile file();

    /**
     * The analysis.
     *
     * @throws AnalysisFailedException if there is none
     */
    StoredAnalysis orElseThrow();

    /**
     * The analysis lies in the bucket.
     *
     * @param analysis what lies there
     * @param repeated whether it lay there before, so that nothing was analysed
     */
    record Completed(StoredAnalysis analysis, boolean repeated) implements AnalysisOutcome {

        @Override
        public DailyTradeFile file() {
            return analysis.file();
        }

        @Override
        public StoredAnalysis orElseThrow() {
            return analysis;
        }
    }

    /**
     * There is no analysis of the day.
     *
     * @param file the day
     * @param reason what kind of failure it is
     * @param message what is wrong, naming the object
     * @param rejected the rows that were rejected; 0 where the file was not read to its end
     */
    record Failed(DailyTradeFile file, Reason reason, String message, long rejected) implements AnalysisOutcome {

        @Override
        public StoredAnalysis orElseThrow() {
            throw new AnalysisFailedException(this);
        }
    }

    /** Why a day has no analysis. Trying again gives the same until the day's file is another. */
    enum Reason {
        /** Neither {@code trades.csv} nor {@code trades.csv.gz} exists. */
        NO_FILE,
        /** More rows were rejected than the setting allows; the rejects are in the bucket. */
        TOO_MANY_REJECTS,
        /** The file as a whole can't be read: no price column, an unclosed quote, a truncated gzip. */
        UNREADABLE_FILE
    }
}
