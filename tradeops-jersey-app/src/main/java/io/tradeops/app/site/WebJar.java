package io.tradeops.app.site;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * A WebJar on the class path.
 *
 * @param artifactId its Maven artifact
 * @param version its version
 */
record WebJar(String artifactId, String version) {

    /**
     * A WebJar by its Maven coordinates.
     *
     * @throws IllegalStateException if it is not on the class path
     */
    static WebJar of(String groupId, String artifactId) {
        String descriptor = "/META-INF/maven/" + groupId + "/" + artifactId + "/pom.properties";
        Properties properties = new Properties();
        try (InputStream in = open(descriptor)) {
            properties.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("can't read " + descriptor, e);
        }
        return new WebJar(artifactId, properties.getProperty("version"));
    }

    /** The class path resource of a file. {@code path} is relative to the WebJar's version directory. */
    String resource(String path) {
        return "/META-INF/resources/webjars/" + artifactId + "/" + version + "/" + path;
    }

    /** The content of a file; {@code path} as in {@link #resource}. */
    byte[] read(String path) throws IOException {
        try (InputStream in = open(resource(path))) {
            return in.readAllBytes();
        }
    }

    private static InputStream open(String resource) {
        InputStream in = WebJar.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException("not on the class path: " + resource);
        }
        return in;
    }
}
