/**
 * Averages prices over tumbling windows of event time. Start with {@link io.tradeops.core.average.PriceAverager}; its
 * results are {@link io.tradeops.core.average.AveragePrice}s.
 */
@NullMarked
package io.tradeops.core.average;

import org.jspecify.annotations.NullMarked;
