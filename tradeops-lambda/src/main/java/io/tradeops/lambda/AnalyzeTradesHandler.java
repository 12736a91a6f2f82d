package io.tradeops.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.tradeops.core.csv.DailyTradeFile;
import io.tradeops.core.trade.ForeignText;
import io.tradeops.lambda.Event.ChangedObject;
import io.tradeops.lambda.analysis.AnalysisFailedException;
import io.tradeops.lambda.analysis.AnalysisOutcome;
import io.tradeops.lambda.analysis.AnalysisOutcome.Completed;
import io.tradeops.lambda.analysis.AnalysisOutcome.Failed;
import io.tradeops.lambda.analysis.DailyAnalysis;
import io.tradeops.lambda.bucket.TradeBucket;
import io.tradeops.lambda.bucket.TradeBucketException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The AWS Lambda function: analyses a day's trades on an event of S3 or EventBridge, an HTTP request or a direct
 * invocation. The event's shape tells which it is. The settings are the environment variables {@code TRADEOPS_BUCKET},
 * {@code TRADEOPS_KEY_PREFIX} and {@code TRADEOPS_MAX_REJECT_RATIO}.
 *
 * <p>An HTTP request always gets an answer: the analysis or a problem. For any other event that fails, the function
 * throws an exception that says why. Lambda then counts an error, retries, or sends the event to its dead-letter queue.
 * The exception is an {@link IllegalArgumentException} for an unknown event, an {@link AnalysisFailedException} for a
 * day whose file is missing or bad, and a {@link TradeBucketException} for a bucket that is not accessible. The
 * function skips objects that are not a day's trades, such as its own output. Thread-safe.
 */
public final class AnalyzeTradesHandler implements RequestStreamHandler {

    private final TradeBucket bucket;
    private final DailyAnalysis daily;
    private final RequestedDay day;
    private final HttpAnswers http;
    private final InstantSource clock;

    /**
     * Called by Lambda, once per execution environment.
     *
     * @throws IllegalStateException naming the variable that is missing or invalid
     */
    public AnalyzeTradesHandler() {
        this(LambdaSettings.from(System.getenv()));
    }

    private AnalyzeTradesHandler(LambdaSettings settings) {
        this(settings, connect(settings), InstantSource.system());
    }

    AnalyzeTradesHandler(LambdaSettings settings, TradeBucket bucket, InstantSource clock) {
        this.bucket = bucket;
        this.daily = new DailyAnalysis(bucket, settings.maxRejectRatio());
        this.day = new RequestedDay(settings.keyPrefix());
        this.http = new HttpAnswers(bucket, daily, day);
        this.clock = clock;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        output.write(answer(EventReader.read(JsonTree.read(input)), context));
    }

    private byte[] answer(Event event, Context context) throws IOException {
        if (event instanceof Event.Http request) {
            return http.answer(request, context);
        }
        if (event instanceof Event.Direct direct) {
            return analysis(direct);
        }
        return event instanceof Event.Objects changed ? objects(changed, context) : yesterday((Event.Schedule) event);
    }

    private byte[] analysis(Event.Direct direct) throws IOException {
        DailyTradeFile file = day.parse(direct.date());
        AnalysisOutcome outcome = direct.force() ? daily.analyzeAgain(file) : daily.analyze(file);
        return AnswerJson.analysis(bucket.name(), outcome.orElseThrow());
    }

    private byte[] yesterday(Event.Schedule schedule) throws IOException {
        Instant now = schedule.time().orElseGet(clock::instant);
        LocalDate yesterday = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1);
        AnalysisOutcome outcome = daily.analyze(new DailyTradeFile(day.prefix(), yesterday));
        outcome.orElseThrow();
        return AnswerJson.summary(bucket.name(), List.of((Completed) outcome), List.of());
    }

    /** Analyses every object before one failure fails the event: the other days don't wait for its repair. */
    private byte[] objects(Event.Objects event, Context context) throws IOException {
        List<Completed> analyses = new ArrayList<>();
        List<Failed> failures = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (ChangedObject object : event.objects()) {
            Optional<AnalysisOutcome> outcome = analyze(object);
            if (outcome.isEmpty()) {
                skipped.add("s3://" + object.bucket() + "/" + object.key());
            } else if (outcome.get() instanceof Completed completed) {
                analyses.add(completed);
            } else if (outcome.get() instanceof Failed failed) {
                context.getLogger().log(ForeignText.escaped(failed.message()));
                failures.add(failed);
            }
        }
        for (Failed failed : failures) {
            failed.orElseThrow();
        }
        return AnswerJson.summary(bucket.name(), analyses, skipped);
    }

    /** Empty if there is nothing to analyse: the object is not a day's trades, or was deleted since. */
    private Optional<AnalysisOutcome> analyze(ChangedObject object) throws IOException {
        Optional<DailyTradeFile> file = tradesOf(object);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        AnalysisOutcome outcome = daily.analyze(file.get());
        boolean deleted = outcome instanceof Failed failed && failed.reason() == AnalysisOutcome.Reason.NO_FILE;
        return deleted ? Optional.empty() : Optional.of(outcome);
    }

    private Optional<DailyTradeFile> tradesOf(ChangedObject object) {
        if (!object.bucket().equals(bucket.name())) {
            throw new IllegalArgumentException(
                    "event is of bucket '" + object.bucket() + "', but TRADEOPS_BUCKET is '" + bucket.name() + "'");
        }
        return DailyTradeFile.ofKey(object.key())
                .filter(file -> object.created() && file.prefix().equals(day.prefix()));
    }

    private static TradeBucket connect(LambdaSettings settings) {
        try {
            return TradeBucket.fromEnvironment(settings.bucket());
        } catch (TradeBucketException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
