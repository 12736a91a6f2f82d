/**
 * The analysis of a day's trades on S3: {@link io.tradeops.lambda.DailyAnalysis} reads a day's file and writes its
 * analysis beside it, {@link io.tradeops.lambda.TradeBucket} is the bucket it does so in.
 */
@NullMarked
package io.tradeops.lambda;

import org.jspecify.annotations.NullMarked;
