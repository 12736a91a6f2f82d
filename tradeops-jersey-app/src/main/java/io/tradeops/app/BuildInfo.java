package io.tradeops.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What the build says of itself. Immutable.
 *
 * @param version the version that was built
 * @param swaggerUiVersion the version of Swagger UI that came along
 */
public record BuildInfo(String version, String swaggerUiVersion) {

    /** Reads what the build wrote. */
    public static BuildInfo read() {
        Properties properties = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream("/build.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the jar's build.properties can't be read", e);
        }
        return new BuildInfo(properties.getProperty("version"), properties.getProperty("swagger-ui.version"));
    }
}
