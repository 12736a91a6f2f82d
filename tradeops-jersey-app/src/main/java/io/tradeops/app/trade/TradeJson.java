package io.tradeops.app.trade;

import io.tradeops.core.trade.Side;
import io.tradeops.core.trade.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A trade in an answer. */
record TradeJson(
        UUID id,
        String ticker,
        BigDecimal price,
        BigDecimal quantity,
        @Nullable String side,
        Instant timestamp,
        @Nullable String tradeId,
        Instant receivedAt) {

    static TradeJson from(StoredTrade stored) {
        Trade trade = stored.trade();
        return new TradeJson(
                stored.id(),
                trade.ticker(),
                trade.price(),
                trade.quantity(),
                trade.side() == Side.UNKNOWN ? null : trade.side().wireName(),
                trade.timestamp(),
                trade.tradeId().isEmpty() ? null : trade.tradeId(),
                stored.receivedAt());
    }
}
