package io.tradeops.lambda.analysis;

/** A day could not be analysed because of its file. Trying again gives the same until that is another. */
public final class AnalysisFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final AnalysisOutcome.Reason reason;

    AnalysisFailedException(AnalysisOutcome.Failed failure) {
        super(failure.message());
        this.reason = failure.reason();
    }

    /** What kind of failure it is. */
    public AnalysisOutcome.Reason reason() {
        return reason;
    }
}
