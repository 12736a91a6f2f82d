package io.tradeops.lambda;

import io.tradeops.lambda.bucket.TradeBucket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/** An S3 server on a free port of this machine. It checks signatures and stores its objects in a directory. */
public final class LocalS3 implements AutoCloseable {

    static final String ACCESS_KEY = "local-access";
    static final String SECRET_KEY = "local-secret";
    static final String REGION = "us-east-1";

    private final S3Proxy server;

    private LocalS3(S3Proxy server) {
        this.server = server;
    }

    /** Starts a server. */
    public static LocalS3 in(Path directory) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", directory.toString());
        S3Proxy server = S3Proxy.builder()
                .blobStore(BlobStores.create("filesystem-nio2", properties))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                .build();
        server.start();
        return new LocalS3(server);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    public TradeBucket bucket(String name) {
        return bucketAt(endpoint(), name);
    }

    public TradeBucket bucketAt(URI address, String name) {
        return TradeBucket.connect(name, address, ACCESS_KEY, SECRET_KEY, REGION);
    }

    /** Creates a bucket. */
    public TradeBucket newBucket(String name) throws IOException {
        TradeBucket bucket = bucket(name);
        bucket.createIfMissing();
        return bucket;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("cannot stop the S3 server", e);
        }
    }
}
