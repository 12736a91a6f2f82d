/**
 * The price feed on {@code /prices}: {@link io.tradeops.app.feed.PriceFeed} is the entry, {@link
 * io.tradeops.app.feed.FeedEndpoint} its WebSocket side.
 */
@NullMarked
package io.tradeops.app.feed;

import org.jspecify.annotations.NullMarked;
