package io.tradeops.app.site;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The files of a WebJar on the class path, in the version that is there. Immutable. */
final class WebJar {

    private final String root;

    private WebJar(String root) {
        this.root = root;
    }

    /**
     * A WebJar by its Maven coordinates.
     *
     * @throws IllegalStateException if it is not on the class path
     */
    static WebJar of(String groupId, String artifactId) {
        String descriptor = "/META-INF/maven/" + groupId + "/" + artifactId + "/pom.properties";
        Properties properties = new Properties();
        try {
            properties.load(open(descriptor));
        } catch (IOException e) {
            throw new IllegalStateException("can't read " + descriptor, e);
        }
        return new WebJar("/META-INF/resources/webjars/" + artifactId + "/" + properties.getProperty("version") + "/");
    }

    /** A file by its path in the WebJar. */
    byte[] read(String path) throws IOException {
        try (InputStream in = open(root + path)) {
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
