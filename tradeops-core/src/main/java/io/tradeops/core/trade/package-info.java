/**
 * Trades and ticks, and the validation of trades. Start with {@link io.tradeops.core.trade.TradeValidator}. Prices and
 * quantities are in units of {@link io.tradeops.core.trade.FixedDecimal}, times in
 * {@link io.tradeops.core.trade.EpochNanos}.
 */
@NullMarked
package io.tradeops.core.trade;

import org.jspecify.annotations.NullMarked;
