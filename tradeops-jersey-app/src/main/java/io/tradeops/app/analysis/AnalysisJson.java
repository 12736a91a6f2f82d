package io.tradeops.app.analysis;

import io.tradeops.core.csv.TickerSummary;
import io.tradeops.lambda.analysis.StoredAnalysis;
import java.time.LocalDate;
import java.util.List;

/** A day's analysis as JSON, in the same shape as the Lambda's answer. */
record AnalysisJson(
        String date, String bucket, String key, long rows, long rejected, int tickers, List<TickerSummary> results) {

    static AnalysisJson from(LocalDate date, String bucket, StoredAnalysis analysis) {
        return new AnalysisJson(
                date.toString(),
                bucket,
                analysis.file().analysisKey(),
                analysis.rows(),
                analysis.rejected(),
                analysis.tickers().size(),
                analysis.tickers());
    }
}
