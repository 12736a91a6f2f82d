/**
 * Averages over tumbling windows of event time: {@link io.tradeops.core.average.PriceAverager} is the entry, an
 * {@link io.tradeops.core.average.AveragePrice} its result.
 */
@NullMarked
package io.tradeops.core.average;

import org.jspecify.annotations.NullMarked;
