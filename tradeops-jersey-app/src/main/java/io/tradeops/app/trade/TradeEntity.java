package io.tradeops.app.trade;

import io.tradeops.core.trade.FixedDecimal;
import io.tradeops.core.trade.Side;
import io.tradeops.core.trade.Trade;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code trades}. Stays inside this package. Not thread-safe. */
@Entity
@Table(name = "trades")
@SuppressWarnings("NullAway.Init") // Hibernate sets the fields
class TradeEntity {

    @Id
    UUID id;

    String ticker;

    BigDecimal price;

    BigDecimal quantity;

    @Nullable
    String side;

    @Column(name = "executed_at")
    Instant executedAt;

    @Column(name = "trade_id")
    @Nullable
    String tradeId;

    @Column(name = "received_at")
    Instant receivedAt;

    TradeEntity() {}

    StoredTrade toStoredTrade() {
        Trade trade = new Trade(
                ticker,
                FixedDecimal.of(price),
                FixedDecimal.of(quantity),
                Side.ofWireName(side == null ? "" : side),
                executedAt,
                tradeId == null ? "" : tradeId);
        return new StoredTrade(id, trade, receivedAt);
    }
}
