package io.tradeops.app.trade;

import io.tradeops.core.trade.Trade;
import java.time.Instant;
import java.util.UUID;

/**
 * A trade as the database has it. Immutable.
 *
 * @param id the server's id, a UUID of version 7
 * @param trade the trade
 * @param receivedAt when the server received it
 */
record StoredTrade(UUID id, Trade trade, Instant receivedAt) {}
