package io.tradeops.app.cli;

import io.tradeops.app.Backends;
import io.tradeops.app.Closer;
import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.trade.TradeRepository;
import io.tradeops.jobs.daily.TradesExporter;
import java.io.IOException;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Exports a day's trades to the bucket. */
@Command(
        name = "export",
        description = "Writes a day's trades to the bucket as YYYY/MM/DD/trades.csv, unless that file has all of them.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "DATE",
            converter = Values.DateConverter.class,
            description = "the day, UTC, as YYYY-MM-DD")
    private LocalDate date;

    ExportCommand() {}

    @Override
    public Integer call() throws IOException {
        ServerConfig config = ServerConfig.of(TradeOpsCommand.settings());
        try (Closer parts = Closer.closingAtExit()) {
            Backends backends = Backends.share(config, TradeRepository.entities(), parts);
            TradesExporter export = new TradesExporter(
                    new TradeRepository(backends.database()),
                    backends.bucket(),
                    config.jobs().keyPrefix());
            boolean written = export.export(date);
            String url =
                    "s3://" + backends.bucket().name() + "/" + export.file(date).tradesKey();
            StandardError.println(
                    written ? "exported " + url : "nothing to export: there are no trades, or all are in " + url);
            return 0;
        }
    }
}
