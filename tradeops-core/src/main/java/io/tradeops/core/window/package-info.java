/**
 * Detects price moves within a sliding time window. Start with {@link io.tradeops.core.window.PriceMoveDetector} for
 * one ticker, or with {@link io.tradeops.core.window.KeyedPriceMoveDetector} for many. A
 * {@link io.tradeops.core.window.PriceMoveRule} defines which moves to detect; each is a
 * {@link io.tradeops.core.window.PriceMove}, with its ticker a {@link io.tradeops.core.window.KeyedPriceMove}. Snapshots
 * carry the state of a detector, also as bytes, to another process.
 */
@NullMarked
package io.tradeops.core.window;

import org.jspecify.annotations.NullMarked;
