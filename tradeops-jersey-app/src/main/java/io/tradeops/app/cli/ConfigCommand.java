package io.tradeops.app.cli;

import io.tradeops.app.config.Setting;
import io.tradeops.app.config.Settings;
import io.tradeops.app.db.MaskedUrl;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the settings. */
@Command(
        name = "config",
        description = "Prints every setting, its value and its origin. Secrets are masked.",
        mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {

    private static final String MASK = "********";

    @Spec
    private CommandSpec spec;

    ConfigCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Settings settings = TradeOpsCommand.settings();
        for (Setting setting : Setting.values()) {
            out.printf(
                    "%s=%s  # %s; %s%n",
                    setting.variable(), shown(settings, setting), settings.origin(setting), setting.description());
        }
        out.flush();
        return 0;
    }

    private static String shown(Settings settings, Setting setting) {
        String value = settings.get(setting);
        return setting.isSecret() && !value.isEmpty() ? MASK : StandardError.escaped(MaskedUrl.of(value));
    }
}
