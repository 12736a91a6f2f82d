package io.tradeops.lambda.analysis;

/** A day's file is missing or bad, so the day has no analysis. A retry fails the same way until the file changes. */
public final class AnalysisFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final AnalysisOutcome.Reason reason;

    AnalysisFailedException(AnalysisOutcome.Failed failure) {
        super(failure.message());
        this.reason = failure.reason();
    }

    /** The kind of failure. */
    public AnalysisOutcome.Reason reason() {
        return reason;
    }
}
