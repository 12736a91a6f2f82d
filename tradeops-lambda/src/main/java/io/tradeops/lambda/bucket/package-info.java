/**
 * The bucket that holds a day's files; {@link io.tradeops.lambda.bucket.TradeBucket} is the entry. No other package
 * knows the AWS SDK.
 */
@NullMarked
package io.tradeops.lambda.bucket;

import org.jspecify.annotations.NullMarked;
