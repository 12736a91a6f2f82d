package io.tradeops.lambda.bucket;

import java.io.IOException;

/**
 * A bucket or an object in it could not be read or written. The message names the bucket, the key if there is one, the
 * place where the bucket was looked for, and what the store answered.
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

    /** The object's key; empty if the whole bucket is meant. */
    public String key() {
        return key;
    }
}
