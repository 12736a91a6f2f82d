package io.tradeops.app.log;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the settings of logging before Logback starts. {@code logback.xml} reads them from the environment, but
 * Logback's errors don't name a wrong setting. Static functions; thread-safe.
 */
public final class LogSettings {

    private static final String FORMAT = "TRADEOPS_LOG_FORMAT";

    /** Parts of file names, so only in lower case. */
    private static final List<String> FORMATS = List.of("text", "json");

    private static final List<String> LEVEL_VARIABLES =
            List.of("TRADEOPS_LOG_LEVEL", "TRADEOPS_ACCESS_LOG_LEVEL", "TRADEOPS_LIBRARY_LOG_LEVEL");
    private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

    private LogSettings() {}

    /** The first error in an environment: variable, value and the allowed values. Empty if there is no error. */
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
        return variable + " must be one of " + String.join(", ", allowed) + ": '" + value + "'";
    }
}
