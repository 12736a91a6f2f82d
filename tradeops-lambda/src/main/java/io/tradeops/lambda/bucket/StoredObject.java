package io.tradeops.lambda.bucket;

import java.util.Map;

/**
 * An object's key and properties in S3. Immutable.
 *
 * @param key the key in the bucket
 * @param etag changes with the content; without quotes
 * @param size in bytes
 * @param metadata the writer's metadata; names in lower case
 */
public record StoredObject(String key, String etag, long size, Map<String, String> metadata) {

    /** Copies the metadata. */
    public StoredObject {
        metadata = Map.copyOf(metadata);
    }
}
