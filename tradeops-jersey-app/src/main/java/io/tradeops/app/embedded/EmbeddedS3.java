package io.tradeops.app.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/** An S3 protocol server in this process, on a free loopback port, with its objects in a directory. Thread-safe. */
public final class EmbeddedS3 implements AutoCloseable {

    private static final String ACCESS_KEY = "tradeops";
    private static final String SECRET_FILE = "s3-secret";
    private static final String ENDPOINT_FILE = "s3-endpoint";
    private static final String PROVIDER = "filesystem-nio2";

    private final S3Proxy server;
    private final String secretKey;

    private EmbeddedS3(S3Proxy server, String secretKey) {
        this.server = server;
        this.secretKey = secretKey;
    }

    /**
     * Starts a server with its objects in {@code directory}.
     *
     * @throws IOException if the server does not start
     */
    public static EmbeddedS3 start(DataDirectory directory) throws IOException {
        Path objects = PrivateFiles.createDirectory(directory.path().resolve("s3"));
        String secretKey = secretKey(directory.path().resolve(SECRET_FILE));
        Properties properties = new Properties();
        properties.setProperty("s3proxy.provider", PROVIDER);
        properties.setProperty("jclouds.provider", PROVIDER);
        properties.setProperty("jclouds.filesystem.basedir", objects.toString());
        try {
            S3Proxy server = S3Proxy.builder()
                    .blobStore(BlobStores.create(PROVIDER, properties))
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, secretKey)
                    .ignoreUnknownHeaders(true)
                    .build();
            server.start();
            Files.writeString(
                    directory.path().resolve(ENDPOINT_FILE),
                    endpoint(server.getPort()).toString());
            return new EmbeddedS3(server, secretKey);
        } catch (Exception e) {
            throw new IOException("embedded S3 did not start: " + e.getMessage(), e);
        }
    }

    /** The endpoint and the credentials of a server. Immutable; its text has no credentials. */
    public record Address(URI endpoint, String accessKey, String secretKey) {

        @Override
        public String toString() {
            return "Address[" + endpoint + "]";
        }
    }

    /**
     * Finds the server that the holder of a directory runs.
     *
     * @return its address; empty if no server was ever started there
     * @throws IOException if reading its files fails
     */
    public static Optional<Address> findRunning(Path dataDirectory) throws IOException {
        Path file = dataDirectory.resolve(ENDPOINT_FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        URI endpoint = URI.create(Files.readString(file, StandardCharsets.US_ASCII));
        return Optional.of(new Address(endpoint, ACCESS_KEY, secretKey(dataDirectory.resolve(SECRET_FILE))));
    }

    /** The server's address. */
    public Address address() {
        return new Address(endpoint(), accessKey(), secretKey());
    }

    /** The URL that the server listens on. */
    public URI endpoint() {
        return endpoint(server.getPort());
    }

    private static URI endpoint(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The access key id. */
    public String accessKey() {
        return ACCESS_KEY;
    }

    /** The secret access key, created with the directory. */
    public String secretKey() {
        return secretKey;
    }

    /** Stops the server; the objects stay. */
    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("embedded S3 did not stop", e);
        }
    }

    private static String secretKey(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            byte[] random = new byte[20];
            new SecureRandom().nextBytes(random);
            PrivateFiles.write(file, HexFormat.of().formatHex(random));
        }
        PrivateFiles.create(file); // an older build, or a copy, may have left it readable
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }
}
