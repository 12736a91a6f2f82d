package io.tradeops.jobs;

import io.tradeops.lambda.TradeBucket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/** An S3 server on a free port of this machine that checks signatures and keeps its objects in a directory. */
final class LocalS3 implements AutoCloseable {

    private static final String ACCESS_KEY = "local-access";
    private static final String SECRET_KEY = "local-secret";

    private final S3Proxy server;

    private LocalS3(S3Proxy server) {
        this.server = server;
    }

    static LocalS3 in(Path directory) throws Exception {
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

    TradeBucket newBucket(String name) throws IOException {
        TradeBucket bucket = TradeBucket.connect(
                name, URI.create("http://127.0.0.1:" + server.getPort()), ACCESS_KEY, SECRET_KEY, "us-east-1");
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
