package io.tradeops.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import io.tradeops.core.csv.DailyTradeFile;
import io.tradeops.core.trade.ForeignText;
import io.tradeops.lambda.analysis.AnalysisOutcome;
import io.tradeops.lambda.analysis.DailyAnalysis;
import io.tradeops.lambda.analysis.StoredAnalysis;
import io.tradeops.lambda.bucket.TradeBucket;
import io.tradeops.lambda.bucket.TradeBucketException;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** Answers HTTP requests for a day's analysis, with the analysis or a problem. Thread-safe. */
final class HttpAnswers {

    /** Lambda's limit of an answer is 6 MB. */
    private static final int MAX_BYTES = 6 * 1024 * 1024;

    /** Of a logged message. */
    private static final int MAX_CHARACTERS = 4_000;

    /** Of a logged failure. */
    private static final int MAX_CAUSES = 20;

    private final TradeBucket bucket;
    private final DailyAnalysis daily;
    private final RequestedDay day;

    HttpAnswers(TradeBucket bucket, DailyAnalysis daily, RequestedDay day) {
        this.bucket = bucket;
        this.daily = daily;
        this.day = day;
    }

    byte[] answer(Event.Http request, Context context) throws IOException {
        try {
            return answer(request, context.getAwsRequestId());
        } catch (TradeBucketException e) {
            log(context, e);
            return problem(HttpProblem.storeUnavailable(), request, context.getAwsRequestId());
        } catch (IOException | RuntimeException e) {
            log(context, e);
            return problem(HttpProblem.internal(), request, context.getAwsRequestId());
        }
    }

    private byte[] answer(Event.Http request, String requestId) throws IOException {
        if (!request.method().equals("GET") && !request.method().equals("POST")) {
            return problem(HttpProblem.methodNotAllowed(request.method()), request, requestId);
        }
        if (request.dates().size() != 1) {
            String detail = "the query must have one date: ?date=YYYY-MM-DD";
            return problem(HttpProblem.invalidDate(detail), request, requestId);
        }
        DailyTradeFile file;
        try {
            file = day.parse(request.dates().get(0));
        } catch (IllegalArgumentException e) {
            return problem(HttpProblem.invalidDate(String.valueOf(e.getMessage())), request, requestId);
        }
        AnalysisOutcome outcome = daily.analyze(file);
        if (outcome instanceof AnalysisOutcome.Failed failed) {
            return problem(HttpProblem.of(failed), request, requestId);
        }
        StoredAnalysis analysis = outcome.orElseThrow();
        byte[] answer = prefersCsv(request.accept()) ? csv(analysis) : json(analysis);
        return answer.length <= MAX_BYTES
                ? answer
                : problem(HttpProblem.tooLarge("s3://" + bucket.name() + "/" + file.analysisKey()), request, requestId);
    }

    private byte[] json(StoredAnalysis analysis) throws IOException {
        return AnswerJson.http(
                200, Map.of("Content-Type", "application/json"), AnswerJson.analysis(bucket.name(), analysis));
    }

    private static byte[] csv(StoredAnalysis analysis) throws IOException {
        return AnswerJson.http(200, Map.of("Content-Type", "text/csv; charset=utf-8"), analysis.csv());
    }

    private static byte[] problem(HttpProblem problem, Event.Http request, String requestId) throws IOException {
        Map<String, String> headers = switch (problem.status()) {
            case 405 -> Map.of("Content-Type", "application/problem+json", "Allow", "GET, POST");
            case 503 -> Map.of("Content-Type", "application/problem+json", "Retry-After", "5");
            default -> Map.of("Content-Type", "application/problem+json");
        };
        return AnswerJson.http(problem.status(), headers, AnswerJson.problem(problem, request.path(), requestId));
    }

    /** Whether an {@code Accept} header names CSV and prefers it to JSON. */
    static boolean prefersCsv(String accept) {
        return quality(accept, "text/csv") > quality(accept, "application/json");
    }

    private static double quality(String accept, String type) {
        for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = range.replace(" ", "").split(";", -1);
            if (parts[0].equals(type)) {
                return quality(parts);
            }
        }
        return 0;
    }

    private static double quality(String[] parts) {
        for (String parameter : parts) {
            if (parameter.matches("q=[01](\\.[0-9]{0,3})?")) {
                return Double.parseDouble(parameter.substring(2));
            }
        }
        return 1;
    }

    private static void log(Context context, Exception e) {
        context.getLogger().log(trace(e));
    }

    /** A stack trace whose messages are escaped, because they may hold text of others. */
    static String trace(Throwable thrown) {
        StringBuilder trace = new StringBuilder();
        String begin = "";
        Throwable next = thrown;
        for (int i = 0; i < MAX_CAUSES && next != null; i++) {
            trace.append(begin)
                    .append(ForeignText.escaped(next.toString(), MAX_CHARACTERS))
                    .append('\n');
            for (StackTraceElement frame : next.getStackTrace()) {
                trace.append("\tat ").append(frame).append('\n');
            }
            begin = "Caused by: ";
            next = next.getCause();
        }
        return trace.toString();
    }
}
