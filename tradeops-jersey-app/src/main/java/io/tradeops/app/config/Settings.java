package io.tradeops.app.config;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import io.tradeops.app.db.MaskedUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The value and the origin of every setting. The environment overrides the file {@code .env}, which overrides the
 * default. Immutable.
 */
public final class Settings {

    private final Map<String, String> environment;
    private final Map<String, String> file;

    /** Creates the settings of an environment and a file; each map has values by the names of variables. */
    public Settings(Map<String, String> environment, Map<String, String> file) {
        this.environment = Map.copyOf(environment);
        this.file = Map.copyOf(file);
    }

    /** The origin of a value. */
    public enum Origin {
        ENVIRONMENT("environment"),
        FILE(".env"),
        DEFAULT("default");

        private final String text;

        Origin(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Reads the settings of this process: its environment, and the {@code .env} of a directory.
     *
     * @throws IllegalArgumentException if the file is unreadable; the message names it */
    public static Settings load(Path directory) {
        return new Settings(System.getenv(), readFile(directory));
    }

    /** Returns these settings with one of them set, as if by the environment. */
    public Settings with(Setting setting, String value) {
        Map<String, String> changed = new HashMap<>(environment);
        changed.put(setting.variable(), value);
        return new Settings(changed, file);
    }

    /** A setting's value. */
    public String get(Setting setting) {
        return switch (origin(setting)) {
            case ENVIRONMENT -> environment.getOrDefault(setting.variable(), "");
            case FILE -> file.getOrDefault(setting.variable(), "");
            case DEFAULT -> setting.defaultValue();
        };
    }

    /** A setting's value, unless it is empty. */
    public Optional<String> optional(Setting setting) {
        return Optional.of(get(setting)).filter(value -> !value.isEmpty());
    }

    /** Parses a setting's value.
     *
     * @param parse throws {@link IllegalArgumentException} or {@link DateTimeParseException} if the text is invalid
     * @throws IllegalArgumentException if the value is invalid; the message names the variable and the value, with
     *     secrets masked */
    <T> T read(Setting setting, Function<String, T> parse) {
        String value = get(setting);
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new IllegalArgumentException(
                    setting.variable() + " is invalid: '" + MaskedUrl.of(value) + "' (" + setting.description() + ")",
                    e);
        }
    }

    /** The origin of a setting's value. */
    public Origin origin(Setting setting) {
        if (environment.containsKey(setting.variable())) {
            return Origin.ENVIRONMENT;
        }
        return file.containsKey(setting.variable()) ? Origin.FILE : Origin.DEFAULT;
    }

    private static Map<String, String> readFile(Path directory) {
        if (!Files.exists(directory.resolve(".env"))) {
            return Map.of();
        }
        try {
            return Dotenv.configure()
                    .directory(directory.toAbsolutePath().toString())
                    .load()
                    .entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)
                    .stream()
                    .collect(Collectors.toMap(DotenvEntry::getKey, DotenvEntry::getValue, (first, last) -> last));
        } catch (DotenvException e) {
            throw new IllegalArgumentException(directory.resolve(".env") + " is unreadable: " + e.getMessage(), e);
        }
    }
}
