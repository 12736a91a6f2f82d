package io.tradeops.app.analysis;

import io.tradeops.app.rest.AnswerMemory;
import io.tradeops.app.rest.ProblemException;
import io.tradeops.app.rest.QueryParameters;
import io.tradeops.core.csv.DailyTradeFile;
import io.tradeops.jobs.JobQueue;
import io.tradeops.jobs.JobQueueUnavailableException;
import io.tradeops.jobs.daily.TradeHistory;
import io.tradeops.lambda.analysis.DailyAnalysis;
import io.tradeops.lambda.analysis.StoredAnalysis;
import io.tradeops.lambda.bucket.StoredObject;
import io.tradeops.lambda.bucket.TradeBucket;
import io.tradeops.lambda.bucket.TradeBucketException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** Reads a day's analysis from the bucket, and queues analyses. Thread-safe. */
@Path("analysis")
public final class AnalysisResource {

    /** A byte of the file takes so many: in two copies of the file, and in objects with exact numbers. */
    private static final int BYTES_OF_A_BYTE = 8;

    private final DailyAnalysis analyses;
    private final TradeBucket bucket;
    private final String keyPrefix;
    private final JobQueue queue;
    private final MissingAnalysis missing;
    private final AnswerMemory memory;

    /** A resource for a bucket and a queue; {@code trades} are exported to the bucket. */
    public AnalysisResource(
            DailyAnalysis analyses,
            TradeBucket bucket,
            String keyPrefix,
            JobQueue queue,
            TradeHistory trades,
            AnswerMemory memory) {
        this.analyses = analyses;
        this.bucket = bucket;
        this.keyPrefix = keyPrefix;
        this.queue = queue;
        this.missing = new MissingAnalysis(bucket, trades);
        this.memory = memory;
    }

    /** The analysis of {@code date} as JSON; 404 if there is none. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public AnalysisJson json(@Context UriInfo uri, @Context HttpServletRequest request) {
        LocalDate date = QueryParameters.date(uri);
        return AnalysisJson.from(date, bucket.name(), read(date, request));
    }

    /** The analysis file of {@code date}, as it is in the bucket; 404 if there is none. */
    @GET
    @Produces("text/csv; qs=0.9")
    public byte[] csv(@Context UriInfo uri, @Context HttpServletRequest request) {
        return read(QueryParameters.date(uri), request).csv();
    }

    /** Queues the export of {@code date} and then its analysis. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Response queue(@Context UriInfo uri) {
        LocalDate date = QueryParameters.date(uri);
        UUID job = enqueue(date);
        URI location = uri.getBaseUriBuilder()
                .path("analysis/")
                .queryParam("date", date)
                .build();
        return Response.accepted(new QueuedAnalysisJson(date.toString(), location, job))
                .location(location)
                .build();
    }

    private UUID enqueue(LocalDate date) {
        try {
            return queue.export(date);
        } catch (JobQueueUnavailableException e) {
            throw ProblemException.unavailable("the job queue is not available; try again", e);
        }
    }

    /** Holds the memory of the whole analysis until the answer is written. */
    private StoredAnalysis read(LocalDate date, HttpServletRequest request) {
        DailyTradeFile file = new DailyTradeFile(keyPrefix, date);
        try {
            Optional<StoredObject> stored = bucket.head(file.analysisKey());
            memory.hold(request, stored.map(StoredObject::size).orElse(0L) * BYTES_OF_A_BYTE);
            Optional<StoredAnalysis> found = analyses.read(file);
            if (found.isEmpty()) {
                throw ProblemException.notFound(missing.reason(file));
            }
            return found.get();
        } catch (TradeBucketException e) {
            throw ProblemException.unavailable("the bucket is not available; try again", e);
        } catch (IOException e) { // a file that another program stored there
            throw ProblemException.badSource(String.valueOf(e.getMessage()), e);
        }
    }
}
