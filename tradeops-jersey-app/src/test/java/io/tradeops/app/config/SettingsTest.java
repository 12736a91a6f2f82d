package io.tradeops.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    private static final String PORT = "TRADEOPS_PORT";

    @TempDir
    Path directory;

    @Test
    void environmentOverridesTheFileAndTheFileTheDefault() {
        Settings none = new Settings(Map.of(), Map.of());
        Settings file = new Settings(Map.of(), Map.of(PORT, "1"));
        Settings both = new Settings(Map.of(PORT, "2"), Map.of(PORT, "1"));

        assertThat(none.get(Setting.PORT)).isEqualTo("8080");
        assertThat(none.origin(Setting.PORT)).hasToString("default");
        assertThat(file.get(Setting.PORT)).isEqualTo("1");
        assertThat(file.origin(Setting.PORT)).hasToString(".env");
        assertThat(both.get(Setting.PORT)).isEqualTo("2");
        assertThat(both.origin(Setting.PORT)).hasToString("environment");
        assertThat(both.with(Setting.PORT, "3").get(Setting.PORT)).isEqualTo("3");
        assertThat(both.get(Setting.HOST)).isEqualTo("127.0.0.1");
    }

    @Test
    void emptyValueIsAValue() {
        Settings settings = new Settings(Map.of("TRADEOPS_BUCKET", ""), Map.of("TRADEOPS_BUCKET", "file"));

        assertThat(settings.get(Setting.BUCKET)).isEmpty();
        assertThat(settings.origin(Setting.BUCKET)).isEqualTo(Settings.Origin.ENVIRONMENT);
    }

    @Test
    void fileIsReadFromItsDirectory() throws Exception {
        assertThat(Settings.load(directory).origin(Setting.KEY_PREFIX)).isEqualTo(Settings.Origin.DEFAULT);

        Files.writeString(directory.resolve(".env"), """
                # a comment
                TRADEOPS_KEY_PREFIX=desk/
                TRADEOPS_DASHBOARD_PASSWORD="a b#c"
                """);
        Settings settings = Settings.load(directory);
        assertThat(settings.get(Setting.KEY_PREFIX)).isEqualTo("desk/");
        assertThat(settings.origin(Setting.KEY_PREFIX)).isEqualTo(Settings.Origin.FILE);
        assertThat(settings.get(Setting.DASHBOARD_PASSWORD)).isEqualTo("a b#c");
    }

    @Test
    void unreadableFileIsNamed() throws Exception {
        Files.writeString(directory.resolve(".env"), "not a setting\n");

        assertThatThrownBy(() -> Settings.load(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(directory.resolve(".env").toString());
    }
}
