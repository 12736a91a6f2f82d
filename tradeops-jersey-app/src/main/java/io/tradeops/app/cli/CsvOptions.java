package io.tradeops.app.cli;

import io.tradeops.core.csv.RejectedRowHandler;
import io.tradeops.core.csv.TickerFromName;
import io.tradeops.core.csv.TradeCsvException;
import io.tradeops.core.csv.TradeCsvReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options for trades files without a ticker column or without a header. Not thread-safe. */
final class CsvOptions {

    @Option(
            names = "--ticker",
            paramLabel = "TICKER",
            converter = Values.TickerConverter.class,
            description = "the ticker of a file without a ticker column")
    private @Nullable String ticker;

    @Option(names = "--ticker-from-name", description = "take the ticker from the file's name, up to the first _ or -")
    private boolean tickerFromName;

    @Option(
            names = "--columns",
            paramLabel = "NAMES",
            hideParamSyntax = true,
            split = ",",
            description = "the names of the columns of a file without a header, separated by commas")
    private @Nullable List<String> columns;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    CsvOptions() {}

    /** Whether any of the options is given. */
    boolean isGiven() {
        return ticker != null || tickerFromName || columns != null;
    }

    /** The ticker of all trades of a file; empty if the file has a ticker column. */
    String ticker(String fileName) {
        if (ticker != null) {
            return ticker;
        }
        return tickerFromName
                ? TickerFromName.of(fileName)
                        .orElseThrow(() -> refusal("--ticker-from-name: file name '" + fileName
                                + "' has no ticker before its first _ or -"))
                : "";
    }

    /** Creates a reader for a file. */
    TradeCsvReader reader(Path file, RejectedRowHandler rejects) {
        Path name = file.getFileName();
        return reader(ticker(name == null ? "" : name.toString()), columns(), rejects);
    }

    /** The columns; empty if the file has a header. */
    List<String> columns() {
        if (columns == null) {
            return List.of();
        }
        requireReadable(columns);
        return columns;
    }

    /** Checks the columns by reading an empty file with them. */
    private void requireReadable(List<String> names) {
        try {
            reader(ticker == null && !tickerFromName ? "" : "ANY", names, row -> {})
                    .read(InputStream.nullInputStream(), row -> {});
        } catch (TradeCsvException e) {
            String problem = String.valueOf(e.getMessage());
            throw refusal("--columns: " + problem.substring(problem.indexOf(": ") + 2));
        } catch (IOException e) {
            throw new IllegalStateException("reading an empty file never fails", e);
        }
    }

    private static TradeCsvReader reader(String ticker, List<String> columns, RejectedRowHandler rejects) {
        TradeCsvReader.Builder builder = TradeCsvReader.builder().rejects(rejects);
        if (!ticker.isEmpty()) {
            builder.ticker(ticker);
        }
        return (columns.isEmpty() ? builder : builder.columns(columns)).build();
    }

    private ParameterException refusal(String problem) {
        return new ParameterException(command.commandLine(), problem);
    }
}
