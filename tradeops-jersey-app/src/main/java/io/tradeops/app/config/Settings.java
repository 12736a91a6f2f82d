package io.tradeops.app.config;

import io.tradeops.app.db.MaskedUrl;
import java.time.format.DateTimeParseException;
import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The value of every setting and where it came from: the environment over {@code .env} over the default. Immutable. */
public final class Settings {

    private final Map<String, String> environment;
    private final Map<String, String> file;

    /** Settings of an environment and a file, both given by their variables. */
    public Settings(Map<String, String> environment, Map<String, String> file) {
        this.environment = Map.copyOf(environment);
        this.file = Map.copyOf(file);
    }

    /** Where a value came from. */
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

    /** The settings of this process, with the {@code .env} of a directory.
     *
     * @throws IllegalArgumentException if the file can't be read */
    public static Settings load(Path directory) {
        return new Settings(System.getenv(), readFile(directory));
    }

    /** These settings with one of them set as if by the environment. */
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

    /** A setting's value if it isn't empty. */
    public Optional<String> optional(Setting setting) {
        return Optional.of(get(setting)).filter(value -> !value.isEmpty());
    }

    /** A setting's value, parsed.
     *
     * @param parse throws {@link IllegalArgumentException} or {@link DateTimeParseException} for a wrong text
     * @throws IllegalArgumentException naming the variable and the wrong value, its secrets masked */
    <T> T read(Setting setting, Function<String, T> parse) {
        String value = get(setting);
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new IllegalArgumentException(
                    setting.variable() + " is invalid: '" + MaskedUrl.of(value) + "' (" + setting.description() + ")", e);
        }
    }

    /** Where a setting's value came from. */
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
            throw new IllegalArgumentException(directory.resolve(".env") + " can't be read: " + e.getMessage(), e);
        }
    }
}
