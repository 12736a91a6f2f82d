package io.tradeops.app.cli;

import com.fasterxml.jackson.databind.ObjectWriter;
import io.tradeops.app.alert.Alert;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.monitor.AlertDetector;
import io.tradeops.app.rest.Json;
import io.tradeops.core.csv.TradeRow;
import io.tradeops.core.trade.EpochNanos;
import io.tradeops.core.trade.Tick;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs the detector over a trades file. */
@Command(
        name = "replay",
        description = {
            "Runs the detector over a trades file and prints its alerts as JSON lines.",
            "They are the alerts that the same file gives as a feed.",
            "TRADEOPS_ALERT_PERCENT, _WINDOW, _DIRECTION and _COOLDOWN set the rule."
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            converter = Values.FileConverter.class,
            description = "a trades file: CSV, plain or gzip, in the order of time")
    private Path file;

    @Mixin
    private final CsvOptions csv = new CsvOptions();

    private long rows;
    private long alerts;
    private long rejected;

    ReplayCommand() {}

    @Override
    public Integer call() throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a directory, not a trades file");
        }
        AlertDetector detector = new AlertDetector(ServerConfig.rules(TradeOpsCommand.settings()));
        ObjectWriter json = Json.mapper().writer();
        Writer out = new BufferedWriter(new OutputStreamWriter(StandardOutput.open(), StandardCharsets.UTF_8));
        try (InputStream in = Files.newInputStream(file)) {
            csv.reader(file, row -> rejected++).read(in, row -> {
                for (Alert alert : detector.onTick(tick(row))) {
                    out.write(json.writeValueAsString(alert));
                    out.write('\n');
                    alerts++;
                }
            });
        } finally {
            out.flush();
        }
        long notEvaluated = detector.notEvaluated();
        System.err.println(rows + " trades, " + alerts + " alerts, " + rejected + " rows rejected"
                + (notEvaluated == 0 ? "" : ", " + notEvaluated + " trades not evaluated (late or too many tickers)"));
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
