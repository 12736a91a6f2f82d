package io.tradeops.app.cli;

import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Setting;
import io.tradeops.app.config.Settings;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options for the rules of the alerts. They replace the settings TRADEOPS_ALERT_…. Not thread-safe. */
final class RuleOptions {

    private static final Map<Setting, String> NAMES = new EnumMap<>(Map.of(
            Setting.ALERT_PERCENT, "--percent",
            Setting.ALERT_WINDOW, "--window",
            Setting.ALERT_DIRECTION, "--direction",
            Setting.ALERT_HYSTERESIS, "--hysteresis",
            Setting.ALERT_COOLDOWN, "--cooldown"));

    @Option(names = "--percent", paramLabel = "PERCENT", description = "alert on moves of more than this percentage")
    private @Nullable String percent;

    @Option(
            names = "--window",
            paramLabel = "DURATION",
            description = "the longest time between the two ticks of an alert, as in PT60S")
    private @Nullable String window;

    @Option(names = "--direction", paramLabel = "DIRECTION", description = "up, down or both")
    private @Nullable String direction;

    @Option(
            names = "--hysteresis",
            paramLabel = "PERCENT",
            description = "by how much a move must fall below the percentage before the rule can start again")
    private @Nullable String hysteresis;

    @Option(
            names = "--cooldown",
            paramLabel = "DURATION",
            description = "the time after an alert in which its ticker and rule give no other, as in PT5M")
    private @Nullable String cooldown;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    RuleOptions() {}

    /** The settings with the options in place of theirs. Fails with wrong usage if a value is invalid. */
    Settings applyTo(Settings settings) {
        Settings changed = with(settings, Setting.ALERT_PERCENT, percent);
        changed = with(changed, Setting.ALERT_WINDOW, window);
        changed = with(changed, Setting.ALERT_DIRECTION, direction);
        changed = with(changed, Setting.ALERT_HYSTERESIS, hysteresis);
        changed = with(changed, Setting.ALERT_COOLDOWN, cooldown);
        if (changed != settings) {
            requireValid(changed);
        }
        return changed;
    }

    private static Settings with(Settings settings, Setting setting, @Nullable String value) {
        return value == null ? settings : settings.with(setting, value);
    }

    private void requireValid(Settings settings) {
        try {
            ServerConfig.rules(settings);
        } catch (IllegalArgumentException e) {
            String problem = String.valueOf(e.getMessage());
            for (Map.Entry<Setting, String> name : NAMES.entrySet()) {
                problem = problem.replace(name.getKey().variable(), name.getValue());
            }
            throw new ParameterException(command.commandLine(), problem);
        }
    }
}
