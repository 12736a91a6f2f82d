/**
 * The analysis of a day's trades, object in and objects out; {@link io.tradeops.lambda.analysis.DailyAnalysis} is the
 * entry.
 */
@NullMarked
package io.tradeops.lambda.analysis;

import org.jspecify.annotations.NullMarked;
