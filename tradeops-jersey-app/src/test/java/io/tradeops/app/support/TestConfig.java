package io.tradeops.app.support;

import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Settings;
import java.nio.file.Path;
import java.util.Map;

/** Configurations of servers for tests: free ports, embedded services in a directory of their own. */
public final class TestConfig {

    private TestConfig() {}

    /** Of a directory. */
    public static ServerConfig in(Path directory) {
        return ServerConfig.of(settings(directory));
    }

    /** Settings of a directory. */
    public static Settings settings(Path directory) {
        return new Settings(
                Map.of(
                        "TRADEOPS_PORT", "0",
                        "TRADEOPS_DASHBOARD_PORT", "0",
                        "TRADEOPS_DATA_DIR", directory.toString()),
                Map.of());
    }
}
