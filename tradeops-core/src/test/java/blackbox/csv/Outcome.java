package blackbox.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tradeops.core.csv.AnalysisCsv;
import io.tradeops.core.csv.RejectReason;
import io.tradeops.core.csv.RejectedRow;
import io.tradeops.core.csv.TradeAccumulator;
import io.tradeops.core.csv.TradeAnalysis;
import io.tradeops.core.csv.TradeCsvAnalyzer;
import io.tradeops.core.csv.TradeCsvException;
import io.tradeops.core.csv.TradeCsvReader;
import io.tradeops.core.csv.TradeRowIterator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The observable results of an analysis, to compare different ways to analyse the same file.
 *
 * @param analysis the lines of the analysis
 * @param rejects the rejected rows, each as {@code line,code,row}
 * @param error the line of the error; empty if there is none
 */
public record Outcome(long rows, long cancelled, List<String> analysis, List<String> rejects, String error) {

    public static Outcome ofReference(byte[] file, FileOptions options) {
        ReferenceAnalysis reference = new ReferenceAnalysis(file, options);
        return reference.error.isEmpty()
                ? new Outcome(reference.rows, reference.cancelled, reference.lines, reference.rejects, "")
                : failed(reference.rejects, reference.error.substring(0, reference.error.indexOf(':')));
    }

    /** A way to analyse a file. */
    public interface Way {
        TradeAnalysis analyze(TradeCsvAnalyzer analyzer) throws IOException;
    }

    public static Outcome ofAnalyzer(TradeCsvAnalyzer.Builder builder, FileOptions options, Way way) {
        List<String> rejects = new ArrayList<>();
        options.applyTo(builder).rejects(row -> rejects.add(shown(row)));
        try {
            TradeAnalysis analysis = way.analyze(builder.build());
            requireCounts(analysis, rejects);
            return new Outcome(analysis.rows(), analysis.cancelled(), lines(analysis), rejects, "");
        } catch (TradeCsvException e) {
            return failed(rejects, String.valueOf(e.line()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the rows one by one, and adds them up. */
    public static Outcome ofReader(byte[] file, FileOptions options) {
        List<String> rejects = new ArrayList<>();
        TradeAccumulator totals = new TradeAccumulator();
        TradeCsvReader reader = options.applyTo(TradeCsvReader.builder())
                .rejects(row -> {
                    rejects.add(shown(row));
                    totals.addRejected(row);
                })
                .build();
        try (TradeRowIterator rows = reader.open(new ByteArrayInputStream(file))) {
            rows.forEachRemaining(totals::add);
            TradeAnalysis analysis = totals.analysis();
            requireCounts(analysis, rejects);
            return new Outcome(analysis.rows(), rows.cancelled(), lines(analysis), rejects, "");
        } catch (TradeCsvException e) {
            return failed(rejects, String.valueOf(e.line()));
        } catch (UncheckedIOException e) {
            return failed(rejects, String.valueOf(((TradeCsvException) e.getCause()).line()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** This outcome without the lines of rejected rows, which are not known in a range of a file. */
    public Outcome withoutLines() {
        List<String> rows =
                rejects.stream().map(row -> row.substring(row.indexOf(',') + 1)).toList();
        return new Outcome(this.rows, cancelled, analysis, rows, error);
    }

    public static List<String> lines(TradeAnalysis analysis) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AnalysisCsv.write(analysis.tickers(), out);
        return out.toString(UTF_8).lines().skip(1).toList();
    }

    private static Outcome failed(List<String> rejects, String line) {
        return new Outcome(0, 0, List.of(), rejects, line);
    }

    private static String shown(RejectedRow row) {
        return row.line() + "," + row.reason().code() + "," + row.row();
    }

    private static void requireCounts(TradeAnalysis analysis, List<String> rejects) {
        for (RejectReason reason : RejectReason.values()) {
            List<String> seen = rejects.stream()
                    .filter(row -> row.split(",", 3)[1].equals(reason.code()))
                    .toList();
            if (analysis.rejectedByReason().getOrDefault(reason, 0L) != seen.size()) {
                throw new AssertionError(
                        reason + ": " + analysis.rejectedByReason() + ", passed to the handler: " + seen);
            }
        }
    }
}
