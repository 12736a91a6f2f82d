/**
 * Averages prices over windows of event time. Start with {@link io.tradeops.core.average.PriceAverager} for one ticker,
 * or with {@link io.tradeops.core.average.KeyedPriceAverager} for many. Their results are
 * {@link io.tradeops.core.average.AveragePrice}s; {@link io.tradeops.core.average.TimeWindows} divides time.
 */
@NullMarked
package io.tradeops.core.average;

import org.jspecify.annotations.NullMarked;
