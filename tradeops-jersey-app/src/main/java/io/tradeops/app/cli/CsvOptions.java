package io.tradeops.app.cli;

import io.tradeops.core.csv.CsvBuilder;
import io.tradeops.core.csv.RejectedRowHandler;
import io.tradeops.core.csv.TickerFromName;
import io.tradeops.core.csv.TradeCsvException;
import io.tradeops.core.csv.TradeCsvReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what a trades file does not say itself. Not thread-safe. */
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

    @Option(
            names = "--map",
            paramLabel = "FIELD=COLUMN",
            description =
                    "take a field (ticker, price, quantity, timestamp, side, id, trade_id) from this column, as in"
                            + " price=execution_price, timestamp=date+time; repeatable")
    private final Map<String, String> mapped = new LinkedHashMap<>();

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            converter = Values.ZoneConverter.class,
            description = "the zone of times without an offset, as in UTC, America/New_York")
    private @Nullable ZoneId zone;

    @Option(
            names = "--delimiter",
            paramLabel = "CHARACTER",
            converter = Values.DelimiterConverter.class,
            description = "what separates the columns: a comma (default), ';', tab or '|'")
    private char delimiter = ',';

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    CsvOptions() {}

    /** Whether any of the options is given. */
    boolean isGiven() {
        return ticker != null
                || tickerFromName
                || columns != null
                || !mapped.isEmpty()
                || zone != null
                || delimiter != ',';
    }

    /** The ticker of all trades of a file; empty if the file has a ticker column. */
    private String ticker(String fileName) {
        if (ticker != null) {
            return ticker;
        }
        return tickerFromName
                ? TickerFromName.of(fileName)
                        .orElseThrow(() -> refusal("--ticker-from-name: file name '" + fileName
                                + "' has no ticker before its first _ or -"))
                : "";
    }

    /** Sets the options for a file. */
    <B extends CsvBuilder<B>> B apply(B builder, String fileName) {
        String given = ticker(fileName);
        B configured = configure(given.isEmpty() ? builder : builder.ticker(given));
        if (columns != null) {
            requireReadable(columns, given);
            configured.columns(columns);
        }
        return configured;
    }

    /** Creates a reader for a file. */
    TradeCsvReader reader(Path file, RejectedRowHandler rejects) {
        Path name = file.getFileName();
        return apply(TradeCsvReader.builder().rejects(rejects), name == null ? "" : name.toString())
                .build();
    }

    private <B extends CsvBuilder<B>> B configure(B builder) {
        B configured = builder.delimiter(delimiter);
        for (Map.Entry<String, String> field : mapped.entrySet()) {
            try {
                configured.column(field.getKey(), field.getValue());
            } catch (IllegalArgumentException e) {
                throw refusal("--map: " + e.getMessage());
            }
        }
        return zone == null ? configured : configured.zone(zone);
    }

    /** Checks the columns by reading an empty file with them. */
    private void requireReadable(List<String> names, String ofTicker) {
        TradeCsvReader.Builder builder = configure(TradeCsvReader.builder()).columns(names);
        try {
            (ofTicker.isEmpty() ? builder : builder.ticker(ofTicker))
                    .build()
                    .read(InputStream.nullInputStream(), row -> {});
        } catch (TradeCsvException e) {
            String problem = String.valueOf(e.getMessage());
            throw refusal("--columns: " + problem.substring(problem.indexOf(": ") + 2));
        } catch (IOException e) {
            throw new IllegalStateException("reading an empty file never fails", e);
        }
    }

    private ParameterException refusal(String problem) {
        return new ParameterException(command.commandLine(), problem);
    }
}
