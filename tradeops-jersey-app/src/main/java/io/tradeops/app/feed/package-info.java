/**
 * The price feed at {@code /prices}. {@link io.tradeops.app.feed.PriceFeed} is the entry, and {@link
 * io.tradeops.app.feed.FeedEndpoint} its WebSocket endpoint.
 */
@NullMarked
package io.tradeops.app.feed;

import org.jspecify.annotations.NullMarked;
