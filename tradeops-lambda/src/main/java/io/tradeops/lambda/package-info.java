/**
 * The AWS Lambda function: {@link io.tradeops.lambda.AnalyzeTradesHandler} is the entry. It reads an event, analyses
 * the days that the event names, and answers.
 */
@NullMarked
package io.tradeops.lambda;

import org.jspecify.annotations.NullMarked;
