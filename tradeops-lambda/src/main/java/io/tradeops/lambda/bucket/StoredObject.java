package io.tradeops.lambda.bucket;

import java.util.Map;

/**
 * What S3 says of an object. Immutable.
 *
 * @param key where it lies in the bucket
 * @param etag changes whenever its content does; without quotes
 * @param size bytes
 * @param metadata what its writer said of it; names in lower case
 */
public record StoredObject(String key, String etag, long size, Map<String, String> metadata) {

    /** Copies the metadata. */
    public StoredObject {
        metadata = Map.copyOf(metadata);
    }
}
