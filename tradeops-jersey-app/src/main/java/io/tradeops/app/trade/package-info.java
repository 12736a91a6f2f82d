/** Trades: {@code POST /trades/} and {@code GET /trades/}. {@link io.tradeops.app.trade.TradeResource} is the entry. */
@NullMarked
package io.tradeops.app.trade;

import org.jspecify.annotations.NullMarked;
