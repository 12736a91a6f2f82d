package io.tradeops.app.trade;

import io.tradeops.core.trade.Trade;
import java.time.Instant;
import java.util.UUID;

/**
 * A trade with the values that the server adds. Immutable.
 *
 * @param id the server's id, a UUID of version 7
 * @param trade the validated trade
 * @param receivedAt when the server received the trade, whole microseconds
 */
record StoredTrade(UUID id, Trade trade, Instant receivedAt) {}
