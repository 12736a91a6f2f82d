/**
 * The sources of a feed's ticks: a simulated market, a scenario or a recording. {@link
 * io.tradeops.app.feed.market.TickSource} is the entry.
 */
@NullMarked
package io.tradeops.app.feed.market;

import org.jspecify.annotations.NullMarked;
