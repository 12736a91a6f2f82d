package io.tradeops.lambda.bucket;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An S3 bucket, of AWS or of any server that speaks the protocol. Callers see bytes, keys and {@link StoredObject};
 * every failure is a {@link TradeBucketException}. Calls are retried after broken connections and throttling. A small
 * call fails after 10 seconds, a transfer after 15 minutes or 30 seconds of silence. Thread-safe. Close it when done.
 *
 * <pre>{@code
 * try (TradeBucket bucket = TradeBucket.fromEnvironment("my-trades")) {
 *     bucket.put("2026/11/20/trades.csv", Path.of("trades.csv"), "text/csv", Map.of());
 * }
 * }</pre>
 */
public final class TradeBucket implements AutoCloseable {

    private static final AwsRequestOverrideConfiguration SMALL_CALL = AwsRequestOverrideConfiguration.builder()
            .apiCallTimeout(Duration.ofSeconds(10))
            .build();

    private final String name;
    private final String endpoint;
    private final S3Client client;
    private volatile boolean exists;

    private TradeBucket(String name, S3Client client) {
        this.name = name;
        this.client = client;
        this.endpoint = S3Connection.describe(client);
    }

    /**
     * A bucket as the environment configures it. Credentials, region and {@code AWS_ENDPOINT_URL_S3} come from the
     * sources that every AWS SDK uses. Does not connect yet.
     *
     * @throws TradeBucketException if no region is set
     * @throws IllegalArgumentException if the name is blank
     */
    public static TradeBucket fromEnvironment(String bucket) throws TradeBucketException {
        String name = requireName(bucket);
        try {
            return new TradeBucket(name, S3Connection.fromEnvironment());
        } catch (SdkException e) {
            throw new TradeBucketException("cannot connect to bucket '" + name + "': " + reason(e), name, "", e);
        }
    }

    /**
     * A bucket of the server at {@code endpoint}. Does not connect yet.
     *
     * @throws IllegalArgumentException if the bucket's name is blank
     */
    public static TradeBucket connect(String bucket, URI endpoint, String accessKey, String secretKey, String region) {
        return new TradeBucket(requireName(bucket), S3Connection.to(endpoint, accessKey, secretKey, region));
    }

    /** The bucket's name. */
    public String name() {
        return name;
    }

    /** An object's properties; empty if there is no such object.
     *
     * @throws TradeBucketException if the bucket is missing or not readable */
    public Optional<StoredObject> head(String key) throws TradeBucketException {
        try {
            HeadObjectResponse head =
                    client.headObject(r -> r.bucket(name).key(key).overrideConfiguration(SMALL_CALL));
            return Optional.of(new StoredObject(key, unquoted(head.eTag()), head.contentLength(), head.metadata()));
        } catch (NoSuchKeyException e) {
            requireExists();
            return Optional.empty();
        } catch (SdkException e) {
            throw failure("look up", key, e);
        }
    }

    /** The object's bytes, for the caller to close; empty if there is no such object.
     *
     * @throws TradeBucketException if the bucket is missing or not readable */
    public Optional<TradeObjectStream> open(String key) throws TradeBucketException {
        try {
            ResponseInputStream<GetObjectResponse> stream =
                    client.getObject(r -> r.bucket(name).key(key));
            GetObjectResponse head = stream.response();
            StoredObject object = new StoredObject(key, unquoted(head.eTag()), head.contentLength(), head.metadata());
            return Optional.of(new TradeObjectStream(object, body(key, stream), from -> reopen(object, from)));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw failure("read", key, e);
        }
    }

    /** Writes an object, replacing an existing one.
     *
     * @return the new object's ETag, without quotes
     * @throws TradeBucketException if the write fails; the bucket is then unchanged */
    public String put(String key, byte[] content, String contentType, Map<String, String> metadata)
            throws TradeBucketException {
        return put(key, RequestBody.fromBytes(content), contentType, metadata);
    }

    /** Writes a file of at most 5 GB as an object, replacing an existing one.
     *
     * @return the new object's ETag, without quotes
     * @throws TradeBucketException if the write fails; the bucket is then unchanged */
    public String put(String key, Path file, String contentType, Map<String, String> metadata)
            throws TradeBucketException {
        return put(key, RequestBody.fromFile(file), contentType, metadata);
    }

    /** All keys with a prefix, in the order of their UTF-8 bytes.
     *
     * @throws TradeBucketException if the bucket is missing or not readable */
    public List<String> keys(String prefix) throws TradeBucketException {
        return call(
                "list",
                prefix,
                () -> client
                        .listObjectsV2Paginator(
                                r -> r.bucket(name).prefix(prefix).overrideConfiguration(SMALL_CALL))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        .toList());
    }

    /** Deletes an object if it exists.
     *
     * @throws TradeBucketException if the bucket is missing or refuses */
    public void delete(String key) throws TradeBucketException {
        call(
                "delete",
                key,
                () -> client.deleteObject(r -> r.bucket(name).key(key).overrideConfiguration(SMALL_CALL)));
    }

    /** Checks that the bucket exists and is readable.
     *
     * @throws TradeBucketException if not, naming the endpoint */
    public void check() throws TradeBucketException {
        try {
            client.headBucket(r -> r.bucket(name).overrideConfiguration(SMALL_CALL));
            exists = true;
        } catch (SdkException e) {
            throw inaccessible(e);
        }
    }

    /** Creates the bucket unless it exists.
     *
     * @throws TradeBucketException if the store refuses, or the name belongs to another owner */
    public void createIfMissing() throws TradeBucketException {
        try {
            client.createBucket(r -> r.bucket(name).overrideConfiguration(SMALL_CALL));
        } catch (BucketAlreadyOwnedByYouException e) {
            exists = true;
        } catch (SdkException e) {
            throw failure("create", "", e);
        }
    }

    /** Closes the connections. */
    @Override
    public void close() {
        client.close();
    }

    private String put(String key, RequestBody content, String contentType, Map<String, String> metadata)
            throws TradeBucketException {
        return call(
                "write",
                key,
                () -> unquoted(client.putObject(
                                r -> r.bucket(name)
                                        .key(key)
                                        .contentType(contentType)
                                        .metadata(metadata),
                                content)
                        .eTag()));
    }

    private TradeObjectStream.Body reopen(StoredObject object, long from) throws TradeBucketException {
        GetObjectRequest rest = GetObjectRequest.builder()
                .bucket(name)
                .key(object.key())
                .range("bytes=" + from + "-")
                .ifMatch('"' + object.etag() + '"')
                .build();
        return call("resume reading", object.key(), () -> body(object.key(), client.getObject(rest)));
    }

    private TradeObjectStream.Body body(String key, ResponseInputStream<GetObjectResponse> stream) {
        return new TradeObjectStream.Body() {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                try {
                    return stream.read(target, offset, length);
                } catch (SdkException e) {
                    throw failure("read", key, e);
                }
            }

            @Override
            public void close() throws IOException {
                stream.close();
            }

            @Override
            public void abort() {
                stream.abort();
            }
        };
    }

    private <T> T call(String action, String key, Supplier<T> call) throws TradeBucketException {
        try {
            return call.get();
        } catch (SdkException e) {
            throw failure(action, key, e);
        }
    }

    /** S3 gives a HEAD in a missing bucket the same empty answer as one for a missing key. */
    private void requireExists() throws TradeBucketException {
        if (!exists) {
            check();
        }
    }

    private TradeBucketException failure(String action, String key, SdkException cause) {
        if (cause instanceof NoSuchBucketException) {
            return inaccessible(cause);
        }
        String message = "cannot " + action + " s3://" + name + "/" + key + " at " + endpoint + ": " + reason(cause);
        return new TradeBucketException(message, name, key, cause);
    }

    private TradeBucketException inaccessible(SdkException cause) {
        String message =
                "bucket '" + name + "' does not exist or is not accessible at " + endpoint + ": " + reason(cause);
        return new TradeBucketException(message, name, "", cause);
    }

    private static String reason(SdkException cause) {
        return cause instanceof S3Exception answer ? S3Connection.reason(answer) : S3Connection.reason(cause);
    }

    private static String unquoted(String etag) {
        return etag.length() > 1 && etag.startsWith("\"") && etag.endsWith("\"")
                ? etag.substring(1, etag.length() - 1)
                : etag;
    }

    private static String requireName(String bucket) {
        if (bucket.isBlank()) {
            throw new IllegalArgumentException("bucket must have a name");
        }
        return bucket;
    }
}
