package blackbox.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tradeops.core.csv.AnalysisCsv;
import io.tradeops.core.csv.RejectReason;
import io.tradeops.core.csv.TradeAnalysis;
import io.tradeops.core.csv.TradeCsvAnalyzer;
import io.tradeops.core.csv.TradeCsvException;
import io.tradeops.core.csv.TradeCsvReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The observable results of an analysis, to compare different ways to analyse the same file. */
public record Outcome(long rows, List<String> analysis, List<String> rejects, String error) {

    public static Outcome ofReference(byte[] file, String ticker, List<String> columns) {
        ReferenceAnalysis reference = new ReferenceAnalysis(file, ticker, columns);
        boolean failed = !reference.error.isEmpty();
        return new Outcome(
                failed ? 0 : reference.rows,
                reference.lines,
                reference.rejects,
                failed ? reference.error.substring(0, reference.error.indexOf(':')) : "");
    }

    /** A way to analyse a file. */
    public interface Way {
        TradeAnalysis analyze(TradeCsvAnalyzer analyzer) throws IOException;
    }

    public static Outcome ofAnalyzer(TradeCsvAnalyzer.Builder builder, String ticker, List<String> columns, Way way) {
        if (!ticker.isEmpty()) {
            builder.ticker(ticker);
        }
        if (!columns.isEmpty()) {
            builder.columns(columns);
        }
        List<String> rejects = new ArrayList<>();
        builder.rejects(row -> rejects.add(row.line() + "," + row.reason().code() + "," + row.row()));
        try {
            TradeAnalysis analysis = way.analyze(builder.build());
            requireCounts(analysis, rejects);
            return new Outcome(analysis.rows(), lines(analysis), rejects, "");
        } catch (TradeCsvException e) {
            return new Outcome(0, List.of(), rejects, String.valueOf(e.line()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The accepted and rejected rows of the reader, which has no analysis. */
    public static Outcome ofReader(byte[] file, String ticker, List<String> columns) {
        TradeCsvReader.Builder builder = TradeCsvReader.builder();
        if (!ticker.isEmpty()) {
            builder.ticker(ticker);
        }
        if (!columns.isEmpty()) {
            builder.columns(columns);
        }
        List<String> rejects = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        builder.rejects(row -> rejects.add(row.line() + "," + row.reason().code() + "," + row.row()));
        try {
            builder.build().read(new ByteArrayInputStream(file), row -> rows.add(row.ticker()));
            return new Outcome(rows.size(), List.of(), rejects, "");
        } catch (TradeCsvException e) {
            return new Outcome(0, List.of(), rejects, String.valueOf(e.line()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Outcome withoutAnalysis() {
        return new Outcome(rows, List.of(), rejects, error);
    }

    public static List<String> lines(TradeAnalysis analysis) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AnalysisCsv.write(analysis.tickers(), out);
        return out.toString(UTF_8).lines().skip(1).toList();
    }

    private static void requireCounts(TradeAnalysis analysis, List<String> rejects) {
        for (RejectReason reason : RejectReason.values()) {
            long seen = rejects.stream()
                    .filter(row -> row.split(",", 3)[1].equals(reason.code()))
                    .count();
            if (analysis.rejectedByReason().getOrDefault(reason, 0L) != seen) {
                throw new AssertionError(
                        reason + ": " + analysis.rejectedByReason() + ", passed to the handler: " + seen);
            }
        }
    }
}
