package io.tradeops.app.cli;

import io.tradeops.app.ProgramVersion;
import io.tradeops.app.config.Settings;
import io.tradeops.app.db.DatabaseUnavailableException;
import io.tradeops.lambda.analysis.AnalysisFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: data goes to standard output, progress and logs to standard error. */
@Command(
        name = "tradeops",
        description = "Stores trades, follows prices, detects price moves, and analyses trades files.",
        mixinStandardHelpOptions = true,
        versionProvider = TradeOpsCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class TradeOpsCommand implements Runnable {

    private static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            ServeCommand.class,
            FeedServerCommand.class,
            MonitorCommand.class,
            WorkerCommand.class,
            AnalyzeCommand.class,
            ReplayCommand.class,
            ExportCommand.class,
            KeysCommand.class,
            ConfigCommand.class);

    /** The text by which picocli names a parameter that is not an option. */
    private static final Pattern POSITION = Pattern.compile("positional parameter at index \\d+ \\((\\w+)\\)");

    /** The prefix of some of picocli's messages. */
    private static final String ERROR = "Error: ";

    @Spec
    private CommandSpec spec;

    /** The command without arguments. */
    TradeOpsCommand() {}

    /** Runs a command line.
     *
     * @return the exit code: 0 done, 1 failed, 2 wrong usage */
    public static int run(String... arguments) {
        CommandLine line = new CommandLine(new TradeOpsCommand());
        commandsFor(arguments).forEach(line::addSubcommand);
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((refused, given) -> printUsageError(refused))
                .setExecutionExceptionHandler((thrown, command, result) -> printFailure(thrown, command))
                .execute(arguments);
    }

    /** The given command, or all: setting up one more command takes longer than the analysis of a small file. */
    private static List<Class<?>> commandsFor(String... arguments) {
        List<Class<?>> one = COMMANDS.stream()
                .filter(command -> arguments.length > 0
                        && command.getAnnotation(Command.class).name().equals(arguments[0]))
                .toList();
        return one.isEmpty() ? COMMANDS : one;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    static Settings settings() {
        return Settings.load(Path.of(""));
    }

    /** Prints the error in one line, and in the next one the option that shows the usage. */
    private static int printUsageError(ParameterException refused) {
        CommandLine command = refused.getCommandLine();
        PrintWriter errors = command.getErr();
        errors.println(StandardError.escaped("tradeops: " + problem(refused)));
        UnmatchedArgumentException.printSuggestions(refused, errors);
        errors.println("'" + command.getCommandSpec().qualifiedName() + " --help' shows the usage");
        errors.flush();
        return CommandLine.ExitCode.USAGE;
    }

    private static String problem(ParameterException refused) {
        if (refused instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            String argument = "'" + unmatched.getUnmatched().get(0) + "'";
            boolean isCommand = !refused.getCommandLine().getSubcommands().isEmpty();
            return isCommand ? "there is no command " + argument : "unexpected argument " + argument;
        }
        String message = String.valueOf(refused.getMessage());
        String plain = message.startsWith(ERROR) ? message.substring(ERROR.length()) : message;
        return POSITION.matcher(plain).replaceFirst("$1");
    }

    /**
     * Prints a failure that a user can correct in one line. Any other failure is a defect and is logged with its trace.
     */
    private static int printFailure(Exception thrown, CommandLine command) {
        boolean expected = thrown instanceof IOException
                || thrown instanceof UncheckedIOException
                || thrown instanceof IllegalArgumentException
                || thrown instanceof DatabaseUnavailableException
                || thrown instanceof AnalysisFailedException
                || thrown instanceof FlywayException;
        command.getErr()
                .println(StandardError.escaped("tradeops: " + (expected ? reason(thrown) : "failed: " + thrown)));
        Logger log = LoggerFactory.getLogger(
                TradeOpsCommand.class); // not earlier: logging takes longer to start than a command
        if (expected) {
            log.debug("command failed", thrown);
        } else {
            log.error("command failed", thrown);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** The message of a file's exception may consist of the file's name only. */
    private static String reason(Exception thrown) {
        if (thrown instanceof NoSuchFileException missing) {
            return "there is no file or directory " + missing.getFile();
        }
        if (thrown instanceof AccessDeniedException denied) {
            return "access to " + denied.getFile() + " is denied";
        }
        return String.valueOf(thrown.getMessage());
    }

    /** The program's version for picocli. */
    static final class Version implements IVersionProvider {

        Version() {}

        @Override
        public String[] getVersion() {
            return new String[] {"tradeops " + ProgramVersion.current()};
        }
    }
}
