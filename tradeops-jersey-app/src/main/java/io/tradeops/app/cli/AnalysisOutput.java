package io.tradeops.app.cli;

import io.tradeops.core.csv.RejectedRow;
import io.tradeops.core.csv.RejectedRowHandler;
import io.tradeops.core.csv.RejectsCsv;
import io.tradeops.core.csv.TickerSummary;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options for the output of an analysis, and the output itself. Not thread-safe. */
final class AnalysisOutput {

    @Option(names = "--format", paramLabel = "FORMAT", description = "csv (default), json or table")
    private AnalysisFormat format = AnalysisFormat.CSV;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            converter = Values.FileConverter.class,
            description = "write the analysis to this file instead of standard output")
    private @Nullable Path output;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            converter = Values.FileConverter.class,
            description = "write the rejected rows to this file")
    private @Nullable Path rejects;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    AnalysisOutput() {}

    /** Whether a file for the rejected rows is given. */
    boolean hasRejects() {
        return rejects != null;
    }

    /** Fails with wrong usage if analysis and rejected rows would be written to the same file. */
    void requireDifferentFiles() {
        if (rejects != null
                && output != null
                && rejects.toAbsolutePath()
                        .normalize()
                        .equals(output.toAbsolutePath().normalize())) {
            throw refusal("--rejects and --output are the same file: " + output);
        }
    }

    /** Fails with wrong usage if the input would be overwritten. */
    void requireOtherThan(Path input) throws IOException {
        for (Path written : Stream.of(rejects, output).filter(Objects::nonNull).toList()) {
            if (Files.exists(written) && Files.exists(input) && Files.isSameFile(written, input)) {
                throw refusal(written + " is the file to analyse");
            }
        }
    }

    /** Opens the file for the rejected rows. If none is given, the rows are ignored. */
    Rejects openRejects() throws IOException {
        return new Rejects(rejects == null ? null : new RejectsCsv(Files.newOutputStream(rejects)));
    }

    /** Writes an analysis in the given format. */
    void print(List<TickerSummary> tickers) throws IOException {
        if (output == null) {
            OutputStream out = StandardOutput.open();
            format.write(tickers, out);
            out.flush();
            return;
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(output))) {
            format.write(tickers, out);
        }
    }

    private ParameterException refusal(String problem) {
        return new ParameterException(command.commandLine(), problem);
    }

    /** Receives rejected rows, and writes them if there is a file for them. */
    static final class Rejects implements RejectedRowHandler, AutoCloseable {

        private final @Nullable RejectsCsv file;

        private Rejects(@Nullable RejectsCsv file) {
            this.file = file;
        }

        @Override
        public void onRejected(RejectedRow row) throws IOException {
            if (file != null) {
                file.onRejected(row);
            }
        }

        @Override
        public void close() throws IOException {
            if (file != null) {
                file.close();
            }
        }
    }
}
