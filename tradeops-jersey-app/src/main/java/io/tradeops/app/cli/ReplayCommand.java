package io.tradeops.app.cli;

import com.fasterxml.jackson.databind.ObjectWriter;
import io.tradeops.app.alert.Alert;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Settings;
import io.tradeops.app.monitor.AlertDetector;
import io.tradeops.app.rest.Json;
import io.tradeops.core.csv.TradeAccumulator;
import io.tradeops.core.csv.TradeRow;
import io.tradeops.core.csv.TradeRowIterator;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.Tick;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the detector over a trades file. */
@Command(
        name = "replay",
        description = {
            "Runs the detector over a trades file and prints its alerts as JSON lines.",
            "They are the alerts that the same file gives as a feed.",
            "TRADEOPS_ALERT_PERCENT, _WINDOW, _DIRECTION, _HYSTERESIS and _COOLDOWN, or options, set the rule."
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            converter = Values.FileConverter.class,
            description = "a trades file: CSV, plain, gzip or zip, in the order of time")
    private Path file;

    @Mixin
    private final CsvOptions csv = new CsvOptions();

    @Mixin
    private final RuleOptions rule = new RuleOptions();

    @Option(
            names = "--max-reject-ratio",
            paramLabel = "RATIO",
            converter = Values.RatioConverter.class,
            description = "fail if a larger share of the rows is rejected (default: TRADEOPS_MAX_REJECT_RATIO)")
    private @Nullable BigDecimal maxRejectRatio;

    private final TradeAccumulator totals = new TradeAccumulator();
    private long rows;
    private long alerts;

    ReplayCommand() {}

    @Override
    public Integer call() throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a directory, not a trades file");
        }
        Settings settings = rule.applyTo(TradeOpsCommand.settings());
        AlertDetector detector = new AlertDetector(ServerConfig.rules(settings));
        ObjectWriter json = Json.mapper().writer();
        Writer out = new BufferedWriter(new OutputStreamWriter(StandardOutput.open(), StandardCharsets.UTF_8));
        long cancelled;
        try (TradeRowIterator all = csv.reader(file, totals::addRejected).open(file)) {
            while (all.hasNext()) {
                TradeRow row = all.next();
                totals.add(row);
                for (Alert alert : detector.onTick(tick(row))) {
                    out.write(json.writeValueAsString(alert));
                    out.write('\n');
                    alerts++;
                }
            }
            cancelled = all.cancelled();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            out.flush();
        }
        if (cancelled > 0) {
            StandardError.println(cancelled + " rows left out, because they are cancelled or wrong");
        }
        return conclude(new RejectSummary(totals.analysis()), detector.notEvaluated(), settings);
    }

    private int conclude(RejectSummary rejected, long notEvaluated, Settings settings) throws IOException {
        StandardError.println(rows + " trades, " + alerts + " alerts, " + rejected.text()
                + (notEvaluated == 0 ? "" : ", " + notEvaluated + " trades not evaluated (late or too many tickers)"));
        rejected.requireAtMost(
                maxRejectRatio == null ? ServerConfig.maxRejectRatio(settings) : maxRejectRatio, file.toString());
        return 0;
    }

    private Tick tick(TradeRow row) throws IOException {
        if (row.epochNanos() == TradeRow.NO_TIMESTAMP) {
            throw new IOException(file + ", line " + row.line() + ": a replay needs a timestamp");
        }
        rows++;
        long time = EpochNanos.truncateToMicros(row.epochNanos());
        return new Tick(row.ticker(), time, row.priceUnits(), row.quantityUnits(), rows);
    }
}
