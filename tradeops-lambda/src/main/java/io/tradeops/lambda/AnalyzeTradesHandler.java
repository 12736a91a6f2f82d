package io.tradeops.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.tradeops.core.csv.DailyTradeFile;
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
 * The AWS Lambda function: analyses a day's trades when it is told of them by S3, EventBridge, an HTTP request or a
 * direct invocation, which it tells apart by the event's shape. Set up by {@code TRADEOPS_BUCKET},
 * {@code TRADEOPS_KEY_PREFIX} and {@code TRADEOPS_MAX_REJECT_RATIO}.
 *
 * <p>An HTTP request is always answered, with the analysis or a problem. Any other event that can't be done ends in an
 * exception whose message says why, so that Lambda counts an error, tries again or hands the event to its dead-letter
 * queue: {@link IllegalArgumentException} for an event that is none, {@link AnalysisFailedException} for a day whose
 * file is missing or bad, {@link TradeBucketException} for a bucket that can't be reached. Objects that are not a
 * day's trades, the function's own among them, are passed over. Thread-safe.
 */
public final class AnalyzeTradesHandler implements RequestStreamHandler {

    private final TradeBucket bucket;
    private final DailyAnalysis daily;
    private final RequestedDay day;
    private final HttpAnswers http;
    private final InstantSource clock;

    /**
     * For Lambda, which makes one per sandbox.
     *
     * @throws IllegalStateException naming the variable that is missing or can't be read
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
        AnalysisOutcome outcome = direct.again() ? daily.analyzeAgain(file) : daily.analyze(file);
        return AnswerJson.analysis(bucket.name(), outcome.orElseThrow());
    }

    private byte[] yesterday(Event.Schedule schedule) throws IOException {
        Instant now = schedule.time().orElseGet(clock::instant);
        LocalDate yesterday = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1);
        AnalysisOutcome outcome = daily.analyze(new DailyTradeFile(day.prefix(), yesterday));
        outcome.orElseThrow();
        return AnswerJson.summary(bucket.name(), List.of((Completed) outcome), List.of());
    }

    /** All of them are tried before one that failed fails the event: the others don't wait for its repair. */
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
                context.getLogger().log(failed.message());
                failures.add(failed);
            }
        }
        for (Failed failed : failures) {
            failed.orElseThrow();
        }
        return AnswerJson.summary(bucket.name(), analyses, skipped);
    }

    /** Empty if there is nothing to do: the object is not a day's trades, or has gone again. */
    private Optional<AnalysisOutcome> analyze(ChangedObject object) throws IOException {
        Optional<DailyTradeFile> file = tradesOf(object);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        AnalysisOutcome outcome = daily.analyze(file.get());
        boolean gone = outcome instanceof Failed failed && failed.reason() == AnalysisOutcome.Reason.NO_FILE;
        return gone ? Optional.empty() : Optional.of(outcome);
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
