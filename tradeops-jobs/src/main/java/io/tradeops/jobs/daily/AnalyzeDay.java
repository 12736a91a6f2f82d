package io.tradeops.jobs.daily;

import io.tradeops.core.csv.DailyTradeFile;
import io.tradeops.lambda.analysis.AnalysisOutcome;
import io.tradeops.lambda.analysis.DailyAnalysis;
import io.tradeops.lambda.analysis.StoredAnalysis;
import java.io.IOException;
import java.time.LocalDate;
import java.util.concurrent.atomic.LongAdder;
import org.jobrunr.jobs.annotations.Job;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Analyses a day's file in the bucket, with the same class as the Lambda. Thread-safe. */
public final class AnalyzeDay implements JobRequestHandler<AnalyzeDay.Request> {

    private static final Logger log = LoggerFactory.getLogger(AnalyzeDay.class);

    private final DailyAnalysis analysis;
    private final String keyPrefix;
    private final LongAdder rejectedByCompleted = new LongAdder();
    private final LongAdder rejectedByFailed = new LongAdder();

    /** Creates the job; {@code keyPrefix} is the prefix of the bucket's keys, empty or ending in {@code /}. */
    public AnalyzeDay(DailyAnalysis analysis, String keyPrefix) {
        this.analysis = analysis;
        this.keyPrefix = keyPrefix;
    }

    /** A request to analyse a day.
     *
     * @param date the day, UTC, as {@code YYYY-MM-DD} */
    public record Request(String date) implements JobRequest {

        @Override
        public Class<AnalyzeDay> getJobRequestHandler() {
            return AnalyzeDay.class;
        }
    }

    @Override
    @Job(name = "Analyse %0", retries = 3)
    public void run(Request request) throws IOException {
        DailyTradeFile file = new DailyTradeFile(keyPrefix, LocalDate.parse(request.date()));
        AnalysisOutcome outcome = analysis.analyze(file);
        count(outcome);
        if (outcome instanceof AnalysisOutcome.Failed failed && failed.reason() == AnalysisOutcome.Reason.NO_FILE) {
            log.info("nothing to analyse: {}", failed.message());
            return;
        }
        StoredAnalysis stored = outcome.orElseThrow();
        log.info(
                "{} has {} trades of {} tickers",
                file.analysisKey(),
                stored.rows(),
                stored.tickers().size());
    }

    /** The rows rejected so far. */
    public AnalysisRejects rejects() {
        return new AnalysisRejects(rejectedByCompleted.sum(), rejectedByFailed.sum());
    }

    private void count(AnalysisOutcome outcome) {
        if (outcome instanceof AnalysisOutcome.Completed completed && !completed.repeated()) {
            rejectedByCompleted.add(completed.analysis().rejected());
        } else if (outcome instanceof AnalysisOutcome.Failed failed) {
            rejectedByFailed.add(failed.rejected());
        }
    }
}
