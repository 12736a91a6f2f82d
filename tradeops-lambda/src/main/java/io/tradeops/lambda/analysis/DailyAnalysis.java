package io.tradeops.lambda.analysis;

import io.tradeops.core.csv.AnalysisCsv;
import io.tradeops.core.csv.DailyTradeFile;
import io.tradeops.core.csv.RejectsCsv;
import io.tradeops.core.csv.TickerSummary;
import io.tradeops.core.csv.TradeAnalysis;
import io.tradeops.core.csv.TradeCsvAnalyzer;
import io.tradeops.core.csv.TradeCsvException;
import io.tradeops.lambda.analysis.AnalysisOutcome.Completed;
import io.tradeops.lambda.analysis.AnalysisOutcome.Failed;
import io.tradeops.lambda.analysis.AnalysisOutcome.Reason;
import io.tradeops.lambda.bucket.StoredObject;
import io.tradeops.lambda.bucket.TradeBucket;
import io.tradeops.lambda.bucket.TradeBucketException;
import io.tradeops.lambda.bucket.TradeObjectStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The analysis of a day's trades: object in, objects out. It reads {@code trades.csv}, or {@code trades.csv.gz} if that
 * is missing. Beside it, it writes the rejected rows, if there are any, and then the analysis. The same input object
 * gives the same bytes. An analysis names the version of its file by ETag; that version is analysed again only on
 * request.
 *
 * <p>After an analysis, the objects in the bucket belong to the current file. If a file is unreadable or has too many
 * rejected rows, the previous analysis is deleted. If no row is rejected, the previous rejects are deleted. Two
 * analyses of one day at the same time do no harm. Rejected rows are buffered in a temporary file, not in memory.
 * Thread-safe.
 *
 * <pre>{@code
 * DailyAnalysis daily = new DailyAnalysis(bucket, DailyAnalysis.DEFAULT_MAX_REJECT_RATIO);
 * StoredAnalysis analysis = daily.analyze(DailyTradeFile.of(date)).orElseThrow();
 * }</pre>
 */
public final class DailyAnalysis {

    /** One row in a hundred. */
    public static final BigDecimal DEFAULT_MAX_REJECT_RATIO = new BigDecimal("0.01");

    /** The version of the rules and the layout. An analysis of another version is repeated. */
    public static final String VERSION = "1";

    private static final String CSV = "text/csv; charset=utf-8";
    private static final int MAX_ATTEMPTS = 3;

    private final TradeBucket bucket;
    private final BigDecimal maxRejectRatio;
    private final Path temporary;

    /**
     * Creates the analysis of a bucket's days. The caller closes the bucket.
     *
     * @param maxRejectRatio the greatest share of rows that may be rejected, 0 to 1
     * @throws IllegalArgumentException if the ratio is out of range
     */
    public DailyAnalysis(TradeBucket bucket, BigDecimal maxRejectRatio) {
        this(bucket, maxRejectRatio, Path.of(System.getProperty("java.io.tmpdir", "")));
    }

    DailyAnalysis(TradeBucket bucket, BigDecimal maxRejectRatio, Path temporary) {
        if (maxRejectRatio.signum() < 0 || maxRejectRatio.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("maxRejectRatio must lie between 0 and 1: " + maxRejectRatio);
        }
        this.bucket = bucket;
        this.maxRejectRatio = maxRejectRatio;
        this.temporary = temporary;
    }

    /**
     * Analyses a day unless its file, as it is now, is already analysed.
     *
     * @throws TradeBucketException if a read or write of the bucket fails
     * @throws IOException if buffering rejected rows fails, or the file is replaced during every attempt
     */
    public AnalysisOutcome analyze(DailyTradeFile file) throws IOException {
        return analyze(file, false);
    }

    /**
     * Analyses a day, even if its file is already analysed.
     *
     * @throws TradeBucketException if a read or write of the bucket fails
     * @throws IOException if buffering rejected rows fails, or the file is replaced during every attempt
     */
    public AnalysisOutcome analyzeAgain(DailyTradeFile file) throws IOException {
        return analyze(file, true);
    }

    /**
     * The stored analysis, of any version of the day's file; empty if there is none.
     *
     * @throws TradeBucketException if a read of the bucket fails
     * @throws IOException if the stored object is not an analysis
     */
    public Optional<StoredAnalysis> read(DailyTradeFile file) throws IOException {
        Optional<TradeObjectStream> found = bucket.open(file.analysisKey());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (TradeObjectStream stream = found.get()) {
            byte[] csv = stream.readAllBytes();
            return Optional.of(StoredAnalysis.parse(file, stream.object().metadata(), csv));
        } catch (TradeCsvException e) {
            throw new IOException(url(file.analysisKey()) + " is not an analysis: " + e.getMessage(), e);
        }
    }

    private AnalysisOutcome analyze(DailyTradeFile file, boolean force) throws IOException {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Optional<StoredObject> source = source(file);
            if (source.isEmpty()) {
                return new Failed(file, Reason.NO_FILE, "no " + url(file.tradesKey()) + " or .gz", 0);
            }
            if (!force && isAnalyzed(file, source.get())) {
                Optional<StoredAnalysis> stored = read(file);
                if (stored.isPresent()) {
                    return new Completed(stored.get(), true);
                }
            }
            Optional<AnalysisOutcome> outcome = analyzeNow(file, source.get());
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        throw new IOException(url(file.tradesKey()) + " was replaced during each of " + MAX_ATTEMPTS + " analyses");
    }

    private Optional<StoredObject> source(DailyTradeFile file) throws TradeBucketException {
        Optional<StoredObject> plain = bucket.head(file.tradesKey());
        return plain.isPresent() ? plain : bucket.head(file.gzipTradesKey());
    }

    private boolean isAnalyzed(DailyTradeFile file, StoredObject source) throws TradeBucketException {
        Map<String, String> metadata =
                bucket.head(file.analysisKey()).map(StoredObject::metadata).orElse(Map.of());
        return source.etag().equals(metadata.get(StoredAnalysis.SOURCE_ETAG))
                && VERSION.equals(metadata.get(StoredAnalysis.VERSION));
    }

    /** Empty if the file was replaced or deleted during the analysis. */
    private Optional<AnalysisOutcome> analyzeNow(DailyTradeFile file, StoredObject found) throws IOException {
        Optional<TradeObjectStream> opened = bucket.open(found.key());
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        Path rejects = Files.createTempFile(temporary, "tradeops-rejects-", ".csv");
        try (TradeObjectStream trades = opened.get()) {
            return analyze(file, trades, rejects);
        } finally {
            Files.deleteIfExists(rejects);
        }
    }

    private Optional<AnalysisOutcome> analyze(DailyTradeFile file, TradeObjectStream trades, Path rejects)
            throws IOException {
        StoredObject source = trades.object();
        TradeAnalysis analysis;
        try (RejectsCsv rejected = new RejectsCsv(Files.newOutputStream(rejects))) {
            analysis = TradeCsvAnalyzer.builder().rejects(rejected).build().analyze(trades);
        } catch (TradeCsvException e) {
            return unlessReplaced(source, () -> unreadable(file, source, e));
        }
        return unlessReplaced(source, () -> store(file, source, analysis, rejects));
    }

    /** A slow analysis must not overwrite the analysis of a newer file. */
    private Optional<AnalysisOutcome> unlessReplaced(StoredObject source, OutcomeWriter writer) throws IOException {
        boolean same = bucket.head(source.key())
                .filter(now -> now.etag().equals(source.etag()))
                .isPresent();
        return same ? Optional.of(writer.write()) : Optional.empty();
    }

    private AnalysisOutcome unreadable(DailyTradeFile file, StoredObject source, TradeCsvException problem)
            throws IOException {
        bucket.delete(file.analysisKey());
        bucket.delete(file.rejectsKey());
        return new Failed(file, Reason.UNREADABLE_FILE, url(source.key()) + ": " + problem.getMessage(), 0);
    }

    private AnalysisOutcome store(DailyTradeFile file, StoredObject source, TradeAnalysis analysis, Path rejects)
            throws IOException {
        Map<String, String> metadata = metadata(source, analysis);
        if (analysis.rejected() > 0) {
            bucket.put(file.rejectsKey(), rejects, CSV, metadata);
        } else {
            bucket.delete(file.rejectsKey());
        }
        if (analysis.exceedsRejectRatio(maxRejectRatio)) {
            bucket.delete(file.analysisKey());
            return new Failed(
                    file, Reason.TOO_MANY_REJECTS, tooManyRejects(file, source, analysis), analysis.rejected());
        }
        List<TickerSummary> tickers = analysis.tickers();
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        AnalysisCsv.write(tickers, csv);
        StoredAnalysis stored = StoredAnalysis.of(file, metadata, tickers, csv.toByteArray());
        bucket.put(file.analysisKey(), csv.toByteArray(), CSV, metadata);
        return new Completed(stored, false);
    }

    private String tooManyRejects(DailyTradeFile file, StoredObject source, TradeAnalysis analysis) {
        return url(source.key()) + ": " + analysis.rejected() + " of " + (analysis.rows() + analysis.rejected())
                + " rows rejected, more than " + maxRejectRatio.toPlainString() + " of them; see "
                + url(file.rejectsKey());
    }

    private static Map<String, String> metadata(StoredObject source, TradeAnalysis analysis) {
        return Map.of(
                StoredAnalysis.SOURCE_ETAG, source.etag(),
                StoredAnalysis.ROWS, Long.toString(analysis.rows()),
                StoredAnalysis.REJECTED, Long.toString(analysis.rejected()),
                StoredAnalysis.VERSION, VERSION);
    }

    private String url(String key) {
        return "s3://" + bucket.name() + "/" + key;
    }

    @FunctionalInterface
    private interface OutcomeWriter {
        AnalysisOutcome write() throws IOException;
    }
}
