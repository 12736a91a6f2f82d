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
        description = "Takes in trades and prices, watches them, adds them up.",
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

    /** How picocli names a parameter that is no option. */
    private static final Pattern POSITION = Pattern.compile("positional parameter at index \\d+ \\((\\w+)\\)");

    /** What picocli begins some of its messages with. */
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
        asked(arguments).forEach(line::addSubcommand);
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((refused, given) -> refuse(refused))
                .setExecutionExceptionHandler((thrown, command, result) -> explain(thrown, command))
                .execute(arguments);
    }

    /** The command that is asked for, or all: to take one apart costs more than to analyse a small file. */
    private static List<Class<?>> asked(String... arguments) {
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

    /** One line that says what is wrong, and one that says where to read on. */
    private static int refuse(ParameterException refused) {
        CommandLine command = refused.getCommandLine();
        PrintWriter errors = command.getErr();
        errors.println("tradeops: " + problem(refused));
        UnmatchedArgumentException.printSuggestions(refused, errors);
        errors.println("'" + command.getCommandSpec().qualifiedName() + " --help' tells the usage");
        errors.flush();
        return CommandLine.ExitCode.USAGE;
    }

    private static String problem(ParameterException refused) {
        if (refused instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            String argument = "'" + unmatched.getUnmatched().get(0) + "'";
            boolean isCommand = !refused.getCommandLine().getSubcommands().isEmpty();
            return isCommand ? "there is no command " + argument : argument + " is one argument too many";
        }
        String message = String.valueOf(refused.getMessage());
        String plain = message.startsWith(ERROR) ? message.substring(ERROR.length()) : message;
        return POSITION.matcher(plain).replaceFirst("$1");
    }

    /** What a user can mend is said in one line; anything else is a defect and shows where. */
    private static int explain(Exception thrown, CommandLine command) {
        boolean expected = thrown instanceof IOException
                || thrown instanceof UncheckedIOException
                || thrown instanceof IllegalArgumentException
                || thrown instanceof DatabaseUnavailableException
                || thrown instanceof AnalysisFailedException
                || thrown instanceof FlywayException;
        command.getErr().println("tradeops: " + (expected ? reason(thrown) : "failed: " + thrown));
        Logger log = LoggerFactory.getLogger(
                TradeOpsCommand.class); // not before: logging takes longer to start than a command
        if (expected) {
            log.debug("command failed", thrown);
        } else {
            log.error("command failed", thrown);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Where a file is what failed, the exception's message may be its name alone. */
    private static String reason(Exception thrown) {
        if (thrown instanceof NoSuchFileException missing) {
            return "there is no file or directory " + missing.getFile();
        }
        if (thrown instanceof AccessDeniedException denied) {
            return "access to " + denied.getFile() + " is denied";
        }
        return String.valueOf(thrown.getMessage());
    }

    /** The version that the build wrote. */
    static final class Version implements IVersionProvider {

        Version() {}

        @Override
        public String[] getVersion() {
            return new String[] {"tradeops " + ProgramVersion.current()};
        }
    }
}
