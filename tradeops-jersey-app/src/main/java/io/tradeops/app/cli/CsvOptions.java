package io.tradeops.app.cli;

import io.tradeops.core.csv.RejectedRowHandler;
import io.tradeops.core.csv.TickerFromName;
import io.tradeops.core.csv.TradeCsvReader;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to read a trades file that doesn't say everything itself. */
final class CsvOptions {

    @Option(names = "--ticker", paramLabel = "TICKER", description = "the ticker of a file without a ticker column")
    private @Nullable String ticker;

    @Option(names = "--ticker-from-name", description = "take the ticker from the file's name, up to the first _ or -")
    private boolean tickerFromName;

    @Option(
            names = "--columns",
            paramLabel = "NAME",
            split = ",",
            description = "the columns of a file without a header, by their names")
    private @Nullable List<String> columns;

    CsvOptions() {}

    /** Whether any of them is given. */
    boolean isGiven() {
        return ticker != null || tickerFromName || columns != null;
    }

    /** The ticker of a file of this name; empty if the file itself must say. */
    String ticker(String fileName) {
        if (ticker != null) {
            return ticker;
        }
        return tickerFromName
                ? TickerFromName.of(fileName)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "file name '" + fileName + "' has no ticker before its first _ or -"))
                : "";
    }

    /** A reader of a file. */
    TradeCsvReader reader(Path file, RejectedRowHandler rejects) {
        Path name = file.getFileName();
        String given = ticker(name == null ? "" : name.toString());
        TradeCsvReader.Builder builder = TradeCsvReader.builder().rejects(rejects);
        if (!given.isEmpty()) {
            builder.ticker(given);
        }
        return (columns().isEmpty() ? builder : builder.columns(columns())).build();
    }

    /** The columns; empty if the file has a header. */
    List<String> columns() {
        return columns == null ? List.of() : columns;
    }
}
