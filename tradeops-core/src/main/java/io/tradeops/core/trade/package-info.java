/**
 * What a trade is and whether it is one: {@link io.tradeops.core.trade.TradeValidator} is the entry; prices and
 * quantities are {@link io.tradeops.core.trade.FixedDecimal} units, times are
 * {@link io.tradeops.core.trade.EpochNanos}.
 */
@NullMarked
package io.tradeops.core.trade;

import org.jspecify.annotations.NullMarked;
