/**
 * Price moves within a sliding time window: {@link io.tradeops.core.window.PriceMoveDetector} is the entry for one
 * ticker, {@link io.tradeops.core.window.KeyedPriceMoveDetector} for many; their settings are a {@link io.tradeops.core.window.PriceMoveRule}, its finding is a
 * {@link io.tradeops.core.window.PriceMove}.
 */
@NullMarked
package io.tradeops.core.window;

import org.jspecify.annotations.NullMarked;
