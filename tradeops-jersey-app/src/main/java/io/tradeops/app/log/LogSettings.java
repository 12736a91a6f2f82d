package io.tradeops.app.log;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of logging. {@code logback.xml} reads them from the environment by itself and, where one is wrong, says
 * things that don't lead to it; so they are looked at before. Thread-safe.
 */
public final class LogSettings {

    private static final String FORMAT = "TRADEOPS_LOG_FORMAT";

    /** Names of files, so in small letters only. */
    private static final List<String> FORMATS = List.of("text", "json");

    private static final List<String> LEVEL_VARIABLES =
            List.of("TRADEOPS_LOG_LEVEL", "TRADEOPS_ACCESS_LOG_LEVEL", "TRADEOPS_LIBRARY_LOG_LEVEL");
    private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

    private LogSettings() {}

    /** What is wrong with the settings of an environment, naming variable, value and what it may be; empty if nothing is. */
    public static Optional<String> problem(Map<String, String> environment) {
        String format = environment.getOrDefault(FORMAT, "");
        if (!format.isEmpty() && !FORMATS.contains(format)) {
            return Optional.of(refusal(FORMAT, format, FORMATS));
        }
        for (String variable : LEVEL_VARIABLES) {
            String level = environment.getOrDefault(variable, "");
            if (!level.isEmpty() && !LEVELS.contains(level.toUpperCase(Locale.ROOT))) {
                return Optional.of(refusal(variable, level, LEVELS));
            }
        }
        return Optional.empty();
    }

    private static String refusal(String variable, String value, List<String> allowed) {
        return variable + " can't be '" + value + "': it is one of " + String.join(", ", allowed);
    }
}
