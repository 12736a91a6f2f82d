package io.tradeops.app.support;

import io.tradeops.app.config.ServerConfig;
import io.tradeops.app.config.Settings;
import java.nio.file.Path;
import java.util.Map;

/** Configurations of servers for tests: free ports, and embedded services in a given directory. */
public final class TestConfig {

    private TestConfig() {}

    /** The configuration of a server with a data directory. */
    public static ServerConfig in(Path directory) {
        return ServerConfig.of(settings(directory));
    }

    /** The settings of a server with a data directory. */
    public static Settings settings(Path directory) {
        return new Settings(
                Map.of(
                        "TRADEOPS_PORT", "0",
                        "TRADEOPS_DASHBOARD_PORT", "0",
                        "TRADEOPS_DATA_DIR", directory.toString()),
                Map.of());
    }
}
