package io.tradeops.lambda.bucket;

import java.io.IOException;

/**
 * A read or write of a bucket or an object failed. The message names the bucket, the key if there is one, the endpoint,
 * and the store's answer.
 */
public final class TradeBucketException extends IOException {

    private static final long serialVersionUID = 1;

    private final String bucket;
    private final String key;

    TradeBucketException(String message, String bucket, String key, Throwable cause) {
        super(message, cause);
        this.bucket = bucket;
        this.key = key;
    }

    /** The bucket's name. */
    public String bucket() {
        return bucket;
    }

    /** The object's key; empty if the failure concerns the whole bucket. */
    public String key() {
        return key;
    }
}
