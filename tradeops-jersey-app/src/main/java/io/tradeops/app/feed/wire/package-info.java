/**
 * The messages of the price feed and of vendors' feeds: records, reader and writer. {@link
 * io.tradeops.app.feed.wire.FeedJson} and {@link io.tradeops.app.feed.wire.FrameReader} are the entries. No class here
 * uses a socket.
 */
@NullMarked
package io.tradeops.app.feed.wire;

import org.jspecify.annotations.NullMarked;
