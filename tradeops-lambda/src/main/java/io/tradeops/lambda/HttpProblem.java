package io.tradeops.lambda;

import io.tradeops.lambda.analysis.AnalysisOutcome;

/**
 * A problem of RFC 9457: why an HTTP request gets no analysis. Immutable.
 *
 * @param status the HTTP status
 * @param type the kind of problem, as a name that never changes
 * @param title the kind of problem, in words
 * @param detail what is wrong with this request
 */
record HttpProblem(int status, String type, String title, String detail) {

    static HttpProblem invalidDate(String detail) {
        return new HttpProblem(400, "invalid-date", "Not a date", detail);
    }

    static HttpProblem methodNotAllowed(String method) {
        return new HttpProblem(405, "method-not-allowed", "Method not allowed", "use GET or POST: " + method);
    }

    static HttpProblem of(AnalysisOutcome.Failed failure) {
        return switch (failure.reason()) {
            case NO_FILE -> new HttpProblem(404, "no-trades-file", "No trades of that day", failure.message());
            case TOO_MANY_REJECTS ->
                new HttpProblem(422, "too-many-rejects", "Too many rejected rows", failure.message());
            case UNREADABLE_FILE ->
                new HttpProblem(422, "unreadable-trades-file", "Unreadable trades file", failure.message());
        };
    }

    static HttpProblem tooLarge(String url) {
        return new HttpProblem(
                500,
                "answer-too-large",
                "Answer too large",
                "the analysis is larger than a function's answer may be: read " + url);
    }

    static HttpProblem storeUnavailable() {
        return new HttpProblem(
                503, "store-unavailable", "Object store unavailable", "the bucket is not reachable: try again later");
    }

    static HttpProblem internal() {
        return new HttpProblem(
                500, "internal-error", "Internal error", "what happened is in the log, under the request's id");
    }
}
