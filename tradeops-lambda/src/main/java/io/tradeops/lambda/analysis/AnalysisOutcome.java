package io.tradeops.lambda.analysis;

import io.tradeops.core.csv.DailyTradeFile;

/** The outcome of analysing a day: the analysis, or the reason why there is none. */
public sealed interface AnalysisOutcome {

    /** The requested day. */
    DailyTradeFile file();

    /**
     * The analysis.
     *
     * @throws AnalysisFailedException if there is none
     */
    StoredAnalysis orElseThrow();

    /**
     * The analysis is in the bucket.
     *
     * @param analysis the stored analysis
     * @param repeated whether it was stored before, so that nothing was analysed
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
     * The day has no analysis.
     *
     * @param file the day
     * @param reason the kind of failure
     * @param message what is wrong, naming the object
     * @param rejected the number of rejected rows; 0 if the file was not read to its end
     */
    record Failed(DailyTradeFile file, Reason reason, String message, long rejected) implements AnalysisOutcome {

        @Override
        public StoredAnalysis orElseThrow() {
            throw new AnalysisFailedException(this);
        }
    }

    /** Why a day has no analysis. A retry gives the same until the day's file changes. */
    enum Reason {
        /** Neither {@code trades.csv} nor {@code trades.csv.gz} exists. */
        NO_FILE,
        /** More rows were rejected than the setting allows; the rejects are in the bucket. */
        TOO_MANY_REJECTS,
        /** The file as a whole is unreadable: no price column, an unclosed quote, a truncated gzip. */
        UNREADABLE_FILE
    }
}
