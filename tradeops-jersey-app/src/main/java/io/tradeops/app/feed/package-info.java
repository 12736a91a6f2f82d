/**
 * The price feed on {@code /prices}: {@link io.tradeops.app.feed.PriceFeed} is the entry,
 * {@link io.tradeops.app.feed.FeedEndpoint} its WebSocket side, {@link io.tradeops.app.feed.FeedJson} its wire format,
 * {@link io.tradeops.app.feed.SimulatedMarket} where ticks come from when there is no other source.
 */
@NullMarked
package io.tradeops.app.feed;

import org.jspecify.annotations.NullMarked;
