package io.tradeops.app.cli;

import io.tradeops.app.Backends;
import io.tradeops.app.Closer;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Setting;
import io.tradeops.app.config.Settings;
import io.tradeops.core.csv.DailyTradeFile;
import io.tradeops.core.csv.RejectedRowHandler;
import io.tradeops.core.csv.TradeAnalysis;
import io.tradeops.core.csv.TradeCsvAnalyzer;
import io.tradeops.lambda.analysis.DailyAnalysis;
import io.tradeops.lambda.bucket.TradeBucket;
import io.tradeops.lambda.bucket.TradeObjectStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Analyses a trades file. */
@Command(
        name = "analyze",
        description = {
            "Sums the trades of a file per ticker and prints the analysis.",
            "A local file needs no network and no database."
        },
        mixinStandardHelpOptions = true)
final class AnalyzeCommand implements Callable<Integer> {

    private static final Pattern S3 = Pattern.compile("s3://([^/]+)/(.+)");
    private static final String S3_SCHEME = "s3://";

    @Parameters(
            paramLabel = "SOURCE",
            description = "a file, s3://BUCKET/KEY, or a date (YYYY-MM-DD). A date is that day's file in the configured"
                    + " bucket; its analysis is also stored beside it")
    private String source;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final CsvOptions csv = new CsvOptions();

    @Mixin
    private final AnalysisOutput output = new AnalysisOutput();

    @Option(
            names = "--max-reject-ratio",
            paramLabel = "RATIO",
            converter = Values.RatioConverter.class,
            description = "fail if a larger share of the rows is rejected (default: TRADEOPS_MAX_REJECT_RATIO)")
    private @Nullable BigDecimal maxRejectRatio;

    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = Values.ThreadsConverter.class,
            description = "the largest number of threads (default: one per processor)")
    private int threads = Runtime.getRuntime().availableProcessors();

    AnalyzeCommand() {}

    @Override
    public Integer call() throws IOException {
        Settings settings = TradeOpsCommand.settings();
        output.requireDifferentFiles();
        BigDecimal ratio = maxRejectRatio == null ? ServerConfig.maxRejectRatio(settings) : maxRejectRatio;
        Matcher s3 = S3.matcher(source);
        if (s3.matches()) {
            return analyzeObject(s3.group(1), s3.group(2), settings, ratio);
        }
        if (source.isEmpty() || source.startsWith(S3_SCHEME)) {
            throw refusal("'" + source + "' is not a file, s3://BUCKET/KEY or a date");
        }
        if (Values.looksLikeDate(source) && !Files.exists(Path.of(source))) {
            return analyzeDay(day(), ServerConfig.of(settings), ratio);
        }
        return analyzeFile(Path.of(source), ratio);
    }

    private int analyzeFile(Path file, BigDecimal ratio) throws IOException {
        output.requireOtherThan(file);
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a directory, not a trades file");
        }
        return conclude(read(file), ratio, file.toString());
    }

    /** Removes the progress bar before it returns. */
    private TradeAnalysis read(Path file) throws IOException {
        try (Progress progress = Progress.start(Files.size(file));
                AnalysisOutput.Rejects rejects = output.openRejects()) {
            return analyzer(fileName(file), progress, rejects).analyze(file);
        }
    }

    private int analyzeObject(String bucketName, String key, Settings settings, BigDecimal ratio) throws IOException {
        try (Closer parts = Closer.closingAtExit()) {
            TradeBucket bucket = bucket(bucketName, settings, parts);
            return conclude(read(bucket, key), ratio, source);
        }
    }

    /**
     * The embedded bucket if it has this name and no other bucket is configured; else the bucket of the AWS settings.
     */
    private static TradeBucket bucket(String name, Settings settings, Closer parts) throws IOException {
        boolean isEmbedded = name.equals(Backends.EMBEDDED_BUCKET)
                && settings.get(Setting.BUCKET).isEmpty();
        return isEmbedded
                ? Backends.shareBucketOnly(ServerConfig.of(settings), parts)
                : parts.add(TradeBucket.fromEnvironment(name));
    }

    private TradeAnalysis read(TradeBucket bucket, String key) throws IOException {
        String name = key.substring(key.lastIndexOf('/') + 1);
        try (TradeObjectStream object =
                        bucket.open(key).orElseThrow(() -> new IOException("there is no object " + source));
                Progress progress = Progress.start(object.object().size());
                AnalysisOutput.Rejects rejects = output.openRejects()) {
            return analyzer(name, progress, rejects).analyze(object);
        }
    }

    /** Does the same as the job and the Lambda. */
    private int analyzeDay(LocalDate date, ServerConfig config, BigDecimal ratio) throws IOException {
        if (output.hasRejects() || csv.isGiven()) {
            throw refusal("--rejects and the options that say how to read a file are for files and objects");
        }
        try (Closer parts = Closer.closingAtExit()) {
            TradeBucket bucket = Backends.shareBucketOnly(config, parts);
            DailyTradeFile file = new DailyTradeFile(config.jobs().keyPrefix(), date);
            var stored = new DailyAnalysis(bucket, ratio).analyze(file).orElseThrow();
            output.print(stored.tickers());
            report(stored.rows(), stored.tickers().size(), stored.rejected() + " rows rejected");
            return 0;
        }
    }

    private TradeCsvAnalyzer analyzer(String fileName, Progress progress, RejectedRowHandler rejects) {
        TradeCsvAnalyzer.Builder builder =
                TradeCsvAnalyzer.builder().threads(threads).progress(progress).rejects(rejects);
        return csv.apply(builder, fileName).build();
    }

    private int conclude(TradeAnalysis analysis, BigDecimal ratio, String name) throws IOException {
        RejectSummary rejected = new RejectSummary(analysis);
        rejected.requireAtMost(ratio, name);
        output.print(analysis.tickers());
        report(analysis.rows(), analysis.tickers().size(), rejected.text());
        if (analysis.cancelled() > 0) {
            StandardError.println(analysis.cancelled() + " rows left out, because they are cancelled or wrong");
        }
        if (analysis.rowsWithoutTimestamp() > 0) {
            StandardError.println("no time column: first_price and last_price are those of the first and the last row");
        }
        return 0;
    }

    private static void report(long rows, int tickers, String rejected) {
        StandardError.println(rows + " trades of " + tickers + " tickers, " + rejected);
    }

    private LocalDate day() {
        try {
            return LocalDate.parse(source);
        } catch (DateTimeParseException e) {
            throw refusal("'" + source + "' is not a date, and there is no such file");
        }
    }

    private ParameterException refusal(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    private static String fileName(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }
}
