package io.tradeops.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this program, as the build wrote it. Static functions; thread-safe. */
public final class ProgramVersion {

    private static final String RESOURCE = "/build.properties";

    private ProgramVersion() {}

    /** The version, such as {@code 0.1.0}. */
    public static String current() {
        Properties properties = new Properties();
        try (InputStream in = ProgramVersion.class.getResourceAsStream(RESOURCE)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the jar's build.properties is unreadable", e);
        }
        return properties.getProperty("version");
    }
}
