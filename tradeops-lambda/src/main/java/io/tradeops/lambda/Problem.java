package io.tradeops.lambda;

import io.tradeops.lambda.analysis.AnalysisOutcome;

/**
 * Why an HTTP request has no analysis for an answer, as RFC 9457 has it. Immutable.
 *
 * @param status HTTP
 * @param type what kind of problem, in a few words that never change
 * @param title the same for people
 * @param detail what is wrong with this request
 */
record Problem(int status, String type, String title, String detail) {

    static Problem invalidDate(String detail) {
        return new Problem(400, "invalid-date", "Not a date", detail);
    }

    static Problem methodNotAllowed(String method) {
        return new Problem(405, "method-not-allowed", "Method not allowed", "use GET or POST: " + method);
    }

    static Problem of(AnalysisOutcome.Failed failure) {
        return switch (failure.reason()) {
            case NO_FILE -> new Problem(404, "no-trades-file", "No trades of that day", failure.message());
            case TOO_MANY_REJECTS -> new Problem(422, "too-many-rejects", "Too many rejected rows", failure.message());
            case UNREADABLE_FILE ->
                new Problem(422, "unreadable-trades-file", "Unreadable trades file", failure.message());
        };
    }

    static Problem tooLarge(String place) {
        return new Problem(
                500,
                "answer-too-large",
                "Answer too large",
                "the analysis is larger than a function's answer may be: read " + place);
    }

    static Problem storeUnavailable() {
        return new Problem(
                503, "store-unavailable", "Object store unavailable", "the bucket can't be reached: try again later");
    }

    static Problem internal() {
        return new Problem(
                500, "internal-error", "Internal error", "what happened is in the log, under the request's id");
    }
}
